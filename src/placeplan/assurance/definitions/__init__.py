"""Levels and words of the checks, as data."""
