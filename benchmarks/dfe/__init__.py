"""`make verify-dfe`: every authority's published row, made into a council, loaded, counted and compared."""
