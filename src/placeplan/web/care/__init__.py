"""The care model with its sliders, and hubs of a place."""
