"""Django finds these here."""
