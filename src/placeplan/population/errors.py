"""The error of the population engine: everything that is wrong with a value, said at once."""

from collections.abc import Iterable

from placeplan.kernel.errors import UnfitValuesError


class PopulationError(UnfitValuesError):
    """Values that the engine of population cannot work with."""


def refuse(messages: Iterable[str]) -> None:
    """Stop when there is anything to say.

    Raises:
        PopulationError: there is a message.
    """
    found = tuple(messages)
    if found:
        raise PopulationError(found)
