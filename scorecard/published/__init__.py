"""The figures that the Department for Education published by authority."""
