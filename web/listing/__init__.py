"""The managers' lists as pages and files: what was asked for, which list it is, how it reads."""
