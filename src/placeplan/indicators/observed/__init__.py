"""Observations: rows of one measure, area and period; their checks, roll-up along reorganisations, and pooling."""
