"""Planning rounds: dated national rules, standards, price factors and must-dos, as data with references.

The data stand under ``values/``; ``reader.read_round`` reads them; ``PlanningRound`` answers questions as at a date.
"""
