"""Where hubs should be in a place: reading it, choosing sites, and saying what that means for whom."""
