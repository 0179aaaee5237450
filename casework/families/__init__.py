"""Letters to the family: an acknowledgement with its days, a notice of delay; drafted, approved, sent or posted."""
