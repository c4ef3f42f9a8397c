"""Beds, staff, rooms and places: what a given amount of care needs, and how far what is there falls short."""
