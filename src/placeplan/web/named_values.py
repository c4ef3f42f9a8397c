"""Values under a name, so that what is made of them is made once."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

Held = TypeVar("Held")


@dataclass(frozen=True, slots=True)
class Under(Generic[Held]):
    """A value under a name that is another whenever the value is: two of one name are the same."""

    name: str
    value: Held = field(compare=False)
