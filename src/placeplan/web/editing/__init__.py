"""Changing a section of a plan: as a grid, row by row in forms, as text; undoing; accepting a finding."""
