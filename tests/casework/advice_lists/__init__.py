"""What professionals and services are shown of the requests for advice."""
