"""The managers' lists: every row with what to do next, narrowed by stage, age and the rest."""
