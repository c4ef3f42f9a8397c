"""Public files in a data folder: which are known, what each unlocks, what is there, and reading them with every
problem located.
"""
