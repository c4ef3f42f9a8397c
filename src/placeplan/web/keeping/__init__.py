"""Keeping a workspace: take all of it out as one file, put it back into an empty database, see whether it is whole."""
