"""Re-identification: the key holder works out again the pseudonyms of a practice's own list, and looks among them.

No table of pseudonyms and NHS numbers exists anywhere. What is not on the practice's own list, or what the dataset does
not have on the list of that practice, is not found.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from placeplan.segments.privacy.nhs_numbers import written
from placeplan.segments.privacy.pseudonyms import Pseudonymiser


@dataclass(frozen=True, slots=True)
class Reidentified:
    """The NHS number of each pseudonym that was found, and how many were not. Not shown by ``repr``."""

    numbers: dict[str, str]
    not_found: int

    def __repr__(self) -> str:
        """Say how many, and nobody's number."""
        return f"Reidentified({len(self.numbers)} found, {self.not_found} not found)"


def reidentified(
    asked: Iterable[str], own_list: Collection[int], *, in_dataset: Collection[str], pseudonymiser: Pseudonymiser
) -> Reidentified:
    """Who some pseudonyms are.

    Args:
        asked: pseudonyms.
        own_list: NHS numbers of the practice's own list, valid ones.
        in_dataset: pseudonyms that the dataset has on the list of this practice.
        pseudonymiser: of the key holder, for the purpose of the dataset.
    """
    wanted = set(asked)
    allowed = wanted & set(in_dataset)
    numbers = sorted(set(own_list))
    keys = pseudonymiser.pseudonyms((f"{number:010d}" for number in numbers), kind="person")
    found = {key: written(number) for key, number in zip(keys, numbers, strict=True) if key in allowed}
    return Reidentified(found, len(wanted) - len(found))
