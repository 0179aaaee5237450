"""A caseload taken through the weeks to come: what would be sent, and what would be late, before it is."""
