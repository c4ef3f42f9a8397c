"""The sections of a plan document, one a file. Each takes the results and gives a section, or nothing when the plan has nothing for it."""
