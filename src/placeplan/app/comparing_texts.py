"""How two states of a plan that is kept as texts differ."""

from placeplan.app.comparing import Comparison, compare
from placeplan.app.computing import Computed, compute
from placeplan.app.loading import loaded
from placeplan.app.plan_texts import Texts, read_texts


def compare_texts(before: Texts, after: Texts) -> Comparison:
    """Compare the plans that two sets of texts hold.

    Raises:
        InputError: one of them holds no plan, with every problem of it.
    """
    return compare(_computed(before), _computed(after))


def _computed(texts: Texts) -> Computed:
    found = loaded(read_texts(texts))
    return compute(found.plan, found.round)
