"""Beds, staff, rooms and places: what a given amount of care needs, and how far what is there falls short.

Start at ``beds`` (beds from bed days), ``queueing`` (the formulas beneath) and ``workforce`` (staff from contacts);
``arrays`` says what every function accepts. Numbers that somebody decided are in ``definitions`` and typed in
``standards``. The page is docs/explanation/capacity.md.
"""
