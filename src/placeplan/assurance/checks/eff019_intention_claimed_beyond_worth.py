"""EFF019: the schemes of an intention save more than the intention is said to be worth."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from placeplan.assurance.findings import Case, Check, Finding, Related, Severity, unconfirmed
from placeplan.assurance.phrasing import listed
from placeplan.kernel.figures import ZERO
from placeplan.kernel.money import Money, MoneyUnit
from placeplan.kernel.wording import worded
from placeplan.plan.narrative_references import Measure, TypedAmount, loose_numbers, typed_amount
from placeplan.plan.tables import EfficiencyScheme, Intention

_WORD = re.compile(r"\w+")


def find(case: Case) -> Iterator[Finding]:
    """Each intention whose money statement speaks of a saving and names one amount, with the schemes of one year."""
    words = case.definitions.words("saving-words")
    schemes: dict[str, list[EfficiencyScheme]] = {}
    for scheme in sorted(case.plan.schemes, key=lambda each: each.year):
        if scheme.intention:
            schemes.setdefault(scheme.intention, []).append(scheme)
    for row in case.plan.intentions:
        worth = _worth(row, words.phrases)
        for year, found in groupby(schemes.get(row.intention, []), key=lambda each: each.year):
            of_year = list(found)
            claimed = Money(sum((each.gross.value for each in of_year), ZERO), case.plan.header.money)
            off = Money(sum((each.gross.tolerance for each in of_year), ZERO), case.plan.header.money)
            if worth is not None and claimed.pounds > worth.value + worth.tolerance + off.pounds:
                yield CHECK.finding(
                    subject=f"{row.intention} {year}",
                    location=row.place.at("financial"),
                    facts={
                        "intention": row.title,
                        "year": year,
                        "schemes": listed([each.title for each in of_year]),
                        "claimed": worded(claimed.amount, str(claimed.unit)),
                        "worth": worded(_in_unit(worth, case.plan.header.money), str(case.plan.header.money)),
                    },
                    related=tuple(Related(each.place.at("gross"), "what it claims") for each in of_year),
                    leans_on=unconfirmed([words]),
                )


def _worth(row: Intention, saving_words: tuple[str, ...]) -> TypedAmount | None:
    """The saving that a statement names: one that speaks of a saving and holds one amount of money, no rate."""
    text = row.financial or ""
    if not set(saving_words).intersection(_WORD.findall(text.lower())):
        return None
    numbers = [typed_amount(each.text) for each in loose_numbers(text)]
    amounts = [each for each in numbers if each is not None and each.measure is Measure.MONEY]
    return amounts[0] if len(amounts) == 1 else None


def _in_unit(worth: TypedAmount, unit: MoneyUnit) -> Decimal:
    return Money(worth.value, MoneyUnit.GBP).to(unit).amount


CHECK = Check(
    code="EFF019",
    title="Schemes save more than the intention behind them is worth",
    message="{intention}, {year}: {schemes} save {claimed}, and the intention is said to save {worth}",
    severity=Severity.WARNING,
    why="What goes beyond the intention is claimed twice, or nobody has told the provider of it.",
    mend="Correct the schemes, or state in the register of intentions what the intention saves now.",
    references=("NHS England, CCG financial planning template 2014/15: QIPP sheet",),
    find=find,
)
