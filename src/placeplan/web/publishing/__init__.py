"""Documents of a revision, made by a queue of jobs that a dead worker does not lose."""
