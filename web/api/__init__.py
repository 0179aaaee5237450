"""The API, `/api/v1`: the same commands and queries as the pages and the command line, for programs."""
