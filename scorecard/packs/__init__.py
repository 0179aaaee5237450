"""Packs for the board and for managers: one content, as a workbook, a page of its own, and a PDF."""
