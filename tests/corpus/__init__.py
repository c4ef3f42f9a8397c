"""Broken plans, made from the good ones that are bundled: each must end in located problems, never in a traceback."""
