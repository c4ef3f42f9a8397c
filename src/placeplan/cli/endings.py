"""How a command ends."""

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of every command."""

    CLEAN = 0
    FINDINGS = 1
    UNREADABLE = 2
    FAULT = 3
    STOPPED = 130


class StoppedError(Exception):
    """Ends a command with an exit code, after everything has been printed."""

    def __init__(self, code: ExitCode) -> None:
        self.code = code
        super().__init__(code)
