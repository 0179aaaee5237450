"""Answering a request for advice by a link: who may, what is asked, what was chosen and typed."""
