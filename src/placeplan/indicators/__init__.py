"""Indicators: what was measured, what is planned, and how far that is from the standard.

The first part of a larger room: observed values, planned trajectories, gaps, and printed values against their own
counts.
"""
