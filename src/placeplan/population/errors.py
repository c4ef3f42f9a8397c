"""The error of the population engine: everything that is wrong with a value, said at once."""

from collections.abc import Iterable

from placeplan.kernel.errors import PlaceplanError


class PopulationError(PlaceplanError, ValueError):
    """Values that the engine cannot work with.

    Args:
        messages: at least one sentence; each names what is wrong, where, and what was expected.
    """

    def __init__(self, messages: Iterable[str]) -> None:
        self.messages: tuple[str, ...] = tuple(messages)
        if not self.messages:
            raise ValueError("a PopulationError needs at least one message")
        super().__init__("\n".join(self.messages))


def refuse(messages: Iterable[str]) -> None:
    """Stop when there is anything to say.

    Raises:
        PopulationError: there is a message.
    """
    found = tuple(messages)
    if found:
        raise PopulationError(found)
