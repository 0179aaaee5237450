"""Answers to requests for advice that came by a link: taken, checked, recorded, dealt with."""
