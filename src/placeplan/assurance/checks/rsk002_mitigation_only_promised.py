"""RSK002: the mitigation of a risk only promises one."""

import re
from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity, unconfirmed

_WORD = re.compile(r"\w+")


def find(case: Case) -> Iterator[Finding]:
    """Each mitigation with one of the wordings that put it off."""
    promises = case.definitions.words("promised-mitigation")
    for row in case.plan.risks:
        words = f" {' '.join(_WORD.findall((row.mitigation or '').lower()))} "
        found = next((phrase for phrase in promises.phrases if f" {phrase} " in words), None)
        if found is not None:
            yield CHECK.finding(
                subject=row.risk,
                location=row.place.at("mitigation"),
                facts={"risk": row.title, "phrase": found},
                leans_on=unconfirmed([promises]),
            )


CHECK = Check(
    code="RSK002",
    title="The mitigation of a risk only promises one",
    message="{risk}: the mitigation says '{phrase}', which is not yet a mitigation",
    severity=Severity.WARNING,
    why="A plan to have a plan does not lower a risk.",
    mend="Say what has been put in place, or by when and by whom it will be.",
    references=("NHS England (Kent and Medway) operational plan 2014-16, key risks",),
    find=find,
)
