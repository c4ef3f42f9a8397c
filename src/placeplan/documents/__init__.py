"""Reading of YAML documents: plain data in which every value remembers its line and column.

Imports the kernel, PyYAML and pydantic only, so that ``rounds`` and ``plan`` may both stand on it.
"""
