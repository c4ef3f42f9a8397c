"""Findings as text, as JSON and as SARIF. Pure: a judgement in, a text out."""
