"""Pages on performance: where every indicator of a plan stands, and any measure of the public data."""
