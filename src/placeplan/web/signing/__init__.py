"""Submitting a revision and signing it, body after body; what changes afterwards re-opens what rested on it."""
