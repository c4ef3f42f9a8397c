"""People, their organisations and roles, signing in, and what each may do."""
