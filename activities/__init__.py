"""What processes do to the world: thin, asking casework and handing to post."""
