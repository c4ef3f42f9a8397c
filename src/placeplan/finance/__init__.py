"""Money: bridges from outturn to plan, allocations, business rules, efficiency schemes, uncorrected deficits.

Every result is a :class:`~placeplan.kernel.figures.Figure` with its derivation. Surplus is positive. Amounts are in the
plan's unit.
"""
