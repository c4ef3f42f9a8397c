"""Ground that every room stands on: money, time, areas, printed numbers, figures, located errors.

Only the standard library is imported here.
"""
