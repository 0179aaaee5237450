"""The tests, room by room; sentences about what must stay true."""
