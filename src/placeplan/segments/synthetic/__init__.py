"""People who do not exist: a seeded generator of linked records, in blocks, from models that are data."""
