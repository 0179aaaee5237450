"""The API, `/api/v1`: commands and queries of the pages and the command line, for programs."""
