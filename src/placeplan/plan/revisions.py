"""A plan that is kept as a series of revisions: what its document says of them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PublishedRevision:
    """A revision that was published: its number, when, by whom, and what changed in a few words."""

    number: int
    at: datetime
    author: str
    message: str
