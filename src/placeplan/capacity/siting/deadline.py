"""When a search must end. A limit in seconds is what the caller asks for; no result but a proof cut short rests on it.

This is the only place in the engines that reads a clock.
"""

import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment on the clock that only runs forward."""

    moment: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """So many seconds from now."""
        return cls(time.monotonic() + seconds)

    @property
    def left(self) -> float:
        """Seconds that are left; 0 where none are."""
        return max(0.0, self.moment - time.monotonic())
