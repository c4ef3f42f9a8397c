"""Assurance of a plan, line by line: what data say, what an assurer judges, and places beside each other."""
