"""Pages that show a chapter of a plan as its document has it."""
