"""Mail that comes back: what a raw mail is, whom it is from, which letter it answers and what came with it."""
