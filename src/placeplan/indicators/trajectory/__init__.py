"""Actual, planned, standard and forecast values of a measure, and what it takes to recover."""
