"""Documents outside the database: checked as they come, sealed with a key of the house, kept where the settings say."""
