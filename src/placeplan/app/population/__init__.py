"""Populations: reading them, the people of a place, and what follows from them."""
