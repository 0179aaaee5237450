"""What measures count: one row for each assessment, review and relief, derived from the ledger before counting."""
