"""The pages that caseworkers and managers work with, and the API: faces of the commands and queries in `casework`."""
