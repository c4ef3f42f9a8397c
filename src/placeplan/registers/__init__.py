"""Registers and what governs them: who may do what, states, clocks and gates, as data and pure functions."""
