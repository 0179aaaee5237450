"""Links for people without an account: made when a letter is written, opened with a code sent to the same address."""
