"""Indicators as they stand in a plan: printed values, planned values, gaps, and both joined."""
