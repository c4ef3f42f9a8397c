"""Placeplan: plans for health and care in a place that add up, explain themselves and are checked like code."""

__version__ = "0.1.0"
