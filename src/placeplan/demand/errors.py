"""The error of the demand engine: everything that is wrong with a value, said at once."""

from collections.abc import Iterable

from placeplan.kernel.errors import UnfitValuesError


class DemandError(UnfitValuesError):
    """Values that the engine of demand cannot work with."""


def refuse(messages: Iterable[str]) -> None:
    """Stop when there is anything to say.

    Raises:
        DemandError: there is a message.
    """
    found = tuple(messages)
    if found:
        raise DemandError(found)
