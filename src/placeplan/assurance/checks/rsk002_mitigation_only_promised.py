"""RSK002: the mitigation of a risk only promises one."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity, unconfirmed


def find(case: Case) -> Iterator[Finding]:
    """Each mitigation with one of the wordings that put it off."""
    promises = case.definitions.words("promised-mitigation")
    for row in case.plan.risks:
        text = (row.mitigation or "").lower()
        found = next((phrase for phrase in promises.phrases if _holds(text, phrase)), None)
        if found is not None:
            yield CHECK.finding(
                subject=row.risk,
                location=row.place.at("mitigation"),
                facts={"risk": row.title, "phrase": found},
                leans_on=unconfirmed([promises]),
            )


def _holds(text: str, phrase: str) -> bool:
    """Whether a text holds a phrase as whole words."""
    padded = "".join(character if character.isalnum() else " " for character in text)
    return f" {phrase} " in f" {' '.join(padded.split())} "


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
