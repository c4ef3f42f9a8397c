"""Pages of signing in and out, of one's own account, and of the people of an organisation."""
