"""Figures from outside the house: entered or brought in a file, with a period, an owner and where they came from."""
