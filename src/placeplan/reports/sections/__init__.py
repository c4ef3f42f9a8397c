"""The sections of a plan document, one a file. Each takes the results and gives a section, which may be empty."""
