"""What will probably be in time: from how long the council's own cases took, and from nothing else."""
