"""The command line: arguments, progress and exit codes. What a command does is in ``app``."""

from placeplan.cli.main import main

__all__ = ["main"]
