"""Comments and assurance queries on a figure, a row or a section, with replies and closure."""
