"""Synthetic councils: cases of nobody, whose counts are those that were published of an authority in a year.

Nothing here reads how the scorecard counts: that it finds the same figures is what proves its counting.
"""
