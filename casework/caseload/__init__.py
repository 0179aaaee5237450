"""Importing a file of cases or plans: read it, understand each row, bring the ledger in step, tell what was done."""
