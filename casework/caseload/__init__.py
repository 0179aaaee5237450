"""Importing a file of cases: read it, understand each row, bring the ledger in step with it, tell what was done."""
