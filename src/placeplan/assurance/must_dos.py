"""How a project may name a must-do of the round: by its identifier, or by its number (``must-do-3``)."""

from placeplan.rounds.statements import MustDo


def names_of(must_do: MustDo) -> frozenset[str]:
    """The names that a must-do answers to."""
    return frozenset({must_do.id, f"must-do-{must_do.number}"})
