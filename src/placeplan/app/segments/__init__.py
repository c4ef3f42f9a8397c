"""Segments of a population: reads definitions and datasets, opens engines, runs the job."""
