"""Slips of the pen: which one cell, put right by one digit, would make a plan's stated and derived values agree."""
