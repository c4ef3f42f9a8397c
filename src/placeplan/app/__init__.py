"""Use cases: load, compute, check, build, explain. Engines meet here and nowhere else."""
