"""The scorecard: measures as data, what they count, what was frozen, and how the authority compares."""
