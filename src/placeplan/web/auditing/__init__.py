"""The record of what was done and refused: who, what, when, chained so that a change to it shows."""
