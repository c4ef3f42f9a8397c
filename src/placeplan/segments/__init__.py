"""Who needs care: a population from linked records, each person in exactly one segment by rules that are data.

Frames in, frames out (``narwhals.stable.v2``, lazy): the engine that holds them is the caller's. Nothing here opens a
file or a connection.
"""
