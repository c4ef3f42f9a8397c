"""Tests of the shape of the code: rooms, budgets, purity, names and what may be committed."""
