"""Every example in the documents runs."""
