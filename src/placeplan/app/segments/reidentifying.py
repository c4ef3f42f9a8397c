"""The one way back from a pseudonym to a person: through the key holder, inside the practice, and noted each time."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw

from placeplan.app.segments.datasets import open_dataset
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.app.segments.extracts import numbers_in
from placeplan.app.segments.privacy_definitions import read_policy
from placeplan.app.segments.private_files import added_to
from placeplan.app.segments.releasing import earlier_entries
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.segments.contract import PERSON_KEY
from placeplan.segments.dataset import DatasetDescription
from placeplan.segments.privacy.chained_log import next_entry
from placeplan.segments.privacy.jobs import REGISTRATIONS
from placeplan.segments.privacy.pseudonyms import Key, Pseudonymiser
from placeplan.segments.privacy.reidentifying import Reidentified, reidentified
from placeplan.segments.privacy.stages import Decision, NotPermittedError, PrivacyPolicy, Request, decision


@dataclass(frozen=True)
class Holding:
    """What the key holder looks in: the dataset, the practice's own list of NHS numbers, and the record of requests.

    ``column`` is the heading of the NHS numbers in the list; a list without headings has them in its first column.
    """

    dataset: Path
    own_list: Path
    log: Path
    column: str | None = None


def reidentify(
    pseudonyms: Sequence[str],
    holding: Holding,
    *,
    request: Request,
    key: Key,
    at: datetime,
    policy: PrivacyPolicy | None = None,
) -> Reidentified:
    """Tell a clinician who some pseudonyms are, of people on the practice's own list.

    The request is noted before the answer is given, and a refusal is noted too. Where it cannot be noted there is no
    answer.

    Args:
        pseudonyms: who is asked about.
        holding: where to look, and the record.
        request: who asks, for which practice, and why.
        key: of the key holder.
        at: the time, with its zone.
        policy: of the place, where it has one of its own; the one that comes with Placeplan when left out.

    Raises:
        NotPermittedError: no permission allows it.
        InputError: the key is not that of the dataset, the list or the dataset cannot be read, or the record was
            changed or cannot be written.
    """
    asked = replace(request, action="re-identify")
    allowed = decision(policy or read_policy(), asked)
    with added_to(holding.log) as held:
        earlier = earlier_entries(held)
        if not allowed.allowed:
            held.add(next_entry(earlier, _noted(asked, allowed, at=at, about=pseudonyms)).line())
            raise NotPermittedError(str(allowed))
        found = _found(pseudonyms, holding, practice=asked.practice, key=key, at=at)
        noted = _noted(asked, allowed, at=at, about=pseudonyms) | {"found": sorted(found.numbers)}
        held.add(next_entry(earlier, noted).line())
    return found


def _found(pseudonyms: Sequence[str], holding: Holding, *, practice: str, key: Key, at: datetime) -> Reidentified:
    own = numbers_in(holding.own_list, column=holding.column, what="the practice's own list")
    with DuckDBEngine() as engine:
        dataset = open_dataset(holding.dataset, engine, today=at.date())
        pseudonymiser = _pseudonymiser(dataset.description, key)
        spells = dataset.tables[REGISTRATIONS]
        current = nw.col("end").is_null() | (nw.col("end") >= nw.lit(dataset.description.extracted))
        listed = spells.filter((nw.col("practice") == practice) & current).select(PERSON_KEY)
        in_dataset = {row[0] for row in engine.fetched_rows(listed)}
    return reidentified(pseudonyms, own, in_dataset=in_dataset, pseudonymiser=pseudonymiser)


def _pseudonymiser(description: DatasetDescription, key: Key) -> Pseudonymiser:
    made = description.pseudonyms
    if made is None or made.key_fingerprint != key.fingerprint:
        message = "the pseudonyms of this dataset were not made with this key"
        if made is None:
            message = "the dataset does not say which key its pseudonyms were made with"
        raise InputError(
            [Problem(Location("dataset.yaml", 0, "pseudonyms"), message, mend="Use the key of the dataset.")]
        )
    return key.for_purpose(made.purpose)


def _noted(request: Request, allowed: Decision, *, at: datetime, about: Sequence[str]) -> dict[str, Any]:
    """An entry: who asked, when, why, about which pseudonyms, and whether it was allowed. No NHS number."""
    return {
        "at": at.isoformat(),
        **asdict(request),
        "allowed": allowed.allowed,
        "because": list(allowed.reasons),
        "asked": sorted(set(about)),
    }
