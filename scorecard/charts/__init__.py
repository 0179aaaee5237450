"""Charts as SVG: words and shapes say what colour says, and every one stands above a table of the same figures."""
