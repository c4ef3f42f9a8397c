"""Plans as revisions: read, drafted, merged, published."""
