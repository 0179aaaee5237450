"""What was told about a month, frozen at its end and never changed; what is known better now stands beside it."""
