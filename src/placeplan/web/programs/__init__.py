"""What programs may read and write: the same as people on pages, with a token of one of their roles."""
