"""Measured claims. `make bench` runs them and prints figure, budget and ratio; nothing here is a test."""
