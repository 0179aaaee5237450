"""Letters and how they travel. Knows nothing of the database: dataclasses in, an outcome out."""
