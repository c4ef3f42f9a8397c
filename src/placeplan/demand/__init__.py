"""Demand for care: what a place needs if nothing is done, what named changes do to it, and how sure that is."""
