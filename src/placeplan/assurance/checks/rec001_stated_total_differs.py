"""REC001: a stated value differs from the derived one by more than rounding."""

from collections.abc import Iterator, Sequence

from placeplan.assurance.copying_errors.search import Explanation, Option, explain
from placeplan.assurance.findings import Case, Check, Finding, Related, Severity
from placeplan.assurance.phrasing import listed
from placeplan.assurance.recomputing import recomputed
from placeplan.finance.ledger import Reconciliation
from placeplan.kernel.errors import Location
from placeplan.kernel.wording import worded
from placeplan.plan.model import Plan

MOST_LISTED = 4


def find(case: Case) -> Iterator[Finding]:
    """Every stated value that fails; those that one cell explains are one finding, at that cell."""

    def recompute(plan: Plan) -> Sequence[Reconciliation]:
        return recomputed(case, plan).reconciliations

    found = explain(case.plan, case.figures, reconciliations=case.reconciliations, recompute=recompute)
    yield from map(_finding, found)


def _finding(found: Explanation) -> Finding:
    first = found.failing[0]
    only = found.options[0] if len(found.options) == 1 else None
    return CHECK.finding(
        subject=first.figure,
        location=only.cell.location if only else _place(first),
        facts={
            "label": first.label,
            "stated": worded(first.stated, first.unit),
            "derived": worded(first.derived, first.unit),
            "gap": worded(first.gap, first.unit),
            "source": first.row.source,
            "more": _more(found.failing[1:]),
        },
        suggestion=" ".join(filter(None, (_options(found), _agreeing(found)))),
        related=tuple(_related(found, only)),
        figures=tuple(dict.fromkeys(each.figure for each in found.failing)),
    )


def _place(each: Reconciliation) -> Location:
    return each.row.place.at("value")


def _more(others: Sequence[Reconciliation]) -> str:
    """The other stated values that the same thing breaks."""
    if not others:
        return ""
    shown = [
        f"{each.label} ({worded(each.stated, each.unit)}, not {worded(each.derived, each.unit)})"
        for each in others[:MOST_LISTED]
    ]
    rest = len(others) - len(shown)
    return f". The same goes for {'; '.join(shown)}" + (f"; and {rest} more" if rest else "")


def _options(found: Explanation) -> str:
    """What may have been meant, in which cell."""
    if not found.options:
        return ""
    first, agree = found.options[0], "agree" if found.exact else "agree within rounding"
    kind = first.slip.kind
    words = f"{first.slip.number} in place of {first.printed} at {first.cell} would make them {agree}; {kind} differs."
    others = [f"{option.slip.number} in place of {option.printed} at {option.cell}" for option in found.options[1:]]
    return f"{words} So would {listed(others, MOST_LISTED)}." if others else words


def _agreeing(found: Explanation) -> str:
    """The stated values further on that bear out the derived one."""
    if not found.agreeing:
        return ""
    first = found.failing[0]
    with_stated = f"with {worded(first.stated, first.unit)} here it would be"
    shown = [
        f"{each.label} is stated as {worded(each.stated, each.unit)}; {with_stated} {worded(moved, each.unit)}."
        for each, moved in found.agreeing[:MOST_LISTED]
    ]
    return f"The stated values that build on it agree with {worded(first.derived, first.unit)}: {' '.join(shown)}"


def _related(found: Explanation, only: Option | None) -> Iterator[Related]:
    here = only.cell.location if only else _place(found.failing[0])
    for each in found.failing:
        if _place(each) != here:
            yield Related(_place(each), f"states {worded(each.stated, each.unit)} ({each.row.source})")
    for option in found.options if only is None else ():
        yield Related(option.cell.location, f"{option.slip.number} in place of {option.printed} would make them agree")
    for each, _ in found.agreeing:
        yield Related(_place(each), f"states {worded(each.stated, each.unit)}, which agrees with the derived value")


CHECK = Check(
    code="REC001",
    title="A stated value differs from the derived one by more than rounding",
    message="{label}: {source} states {stated}, but the plan's lines give {derived}; the gap is {gap}{more}",
    severity=Severity.ERROR,
    why=(
        "A total that does not follow from its lines means that one of them is wrong, and nobody can tell which from "
        "the total alone."
    ),
    mend=(
        "Correct the line or the stated value. Where one digit explains the gap the finding says which; `placeplan "
        "explain` shows what "
        "the derived value is made of."
    ),
    references=(
        "Placeplan's design: stated and derived are different things; derived wins, and a difference is a finding",
    ),
    find=find,
)
