"""Disclosure control: small numbers about people do not leave, and totals do not give them away."""
