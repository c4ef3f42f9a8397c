"""Checks of a plan, in the manner of a linter: each a rule in a file of its own, with a code and a reason."""
