"""Populations: who lives in an area, by sex, age and year, how that grows, and what follows from it."""
