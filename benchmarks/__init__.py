"""Benchmarks: each compares with a peer or a bare optimum in the same run and prints ratios. Nothing here is a test."""
