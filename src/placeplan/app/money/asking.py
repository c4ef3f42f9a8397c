"""What somebody asks of the savings requirement: their words read into a wish and a manner, with all that is wrong."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from placeplan.app.money.choosing import Chosen
from placeplan.finance.efficiency import net_saving
from placeplan.finance.saving_rows import Manner, Portion, lines_that_hold_savings
from placeplan.finance.solving import Wish, WishKind
from placeplan.kernel.figures import ZERO
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.printed import parse_printed
from placeplan.plan.cells import PER_CENT
from placeplan.plan.tables import EfficiencyScheme
from placeplan.reports.types import PlanResults

NEW_SCHEMES = 3
LONGEST_TITLE = 120
MOST_RATE = Decimal(100)
LARGEST = Decimal(10) ** 12
WISHES = {
    WishKind.RULES: "What the business rules ask for",
    WishKind.RATE: "A surplus of so many per cent",
    WishKind.AMOUNT: "An amount (a deficit with a minus)",
}
SPLITS = {
    "new": "One new scheme",
    "proportion": "Schemes there, by their net savings",
    "choice": "By the shares below",
    "line": "The line of the bridge that holds savings",
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with one field, and how to mend it."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Share:
    """A scheme that may make a part of the saving, and the share that was typed for it."""

    field: str
    scheme: str
    title: str
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The form as it was filled in; each value is what was typed or chosen, or what it is at first."""

    wish: str
    value: str
    position: str
    saved_in: str
    recurrent: str
    investment: str
    reserves: bool
    split: str
    title: str
    existing: tuple[Share, ...]
    new: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """The form, and the wish and manner that it says; without them where something is wrong."""

    form: Form
    wrong: tuple[Wrong, ...]
    wish: Wish | None = None
    manner: Manner | None = None


@dataclass(slots=True)
class _Reader:
    """Reads fields and collects what is wrong with them."""

    given: Mapping[str, str]
    wrong: list[Wrong] = field(default_factory=list)

    def chosen(self, name: str, choices: Mapping[str, object], *, first: str) -> str:
        typed = self.given.get(name, first)
        if typed not in choices:
            self.wrong.append(Wrong(name, f"Choose one of: {', '.join(choices)}."))
        return typed

    def number(self, name: str, words: str, *, most: Decimal) -> Decimal:
        """A number; zero where nothing was typed or it cannot be read, which is then noted."""
        typed = self.given.get(name, "").strip().removesuffix("%").strip()
        if not typed:
            return ZERO
        number = parse_printed(typed)
        if number is None or abs(number.value) > most:
            self.wrong.append(Wrong(name, f"{words}: enter a number such as 1.5 or 1,250, at most {most:,}."))
            return ZERO
        return number.value


def asked(results: PlanResults, at: Chosen, *, given: Mapping[str, str]) -> Asked:
    """Read the form for a service and year. Nothing of it is needed: what is left out is as at first."""
    form = _form(results, at, given=given)
    reader = _Reader(given)
    wish = _wish(reader, at, form=form)
    manner = _manner(reader, results, at=at, form=form)
    if reader.wrong or wish is None or manner is None:
        return Asked(form, tuple(reader.wrong))
    return Asked(form, (), wish, manner)


def schemes_of(results: PlanResults, service: str, *, year: str) -> tuple[EfficiencyScheme, ...]:
    """The schemes of a service and year."""
    return tuple(each for each in results.plan.schemes if (each.service, each.year) == (service, year))


def _form(results: PlanResults, at: Chosen, *, given: Mapping[str, str]) -> Form:
    saved_in = given.get("saved-in", str(at.year))
    there = schemes_of(results, at.service.id, year=saved_in)
    existing = [(f"share-of-{each.scheme}", each.scheme, each.title) for each in there]
    new = [(f"share-new-{number}", "", given.get(f"title-{number}", "")) for number in range(1, NEW_SCHEMES + 1)]
    return Form(
        wish=given.get("wish", WishKind.RULES),
        value=given.get("value", ""),
        position=given.get("position", "cumulative"),
        saved_in=saved_in,
        recurrent=given.get("recurrent", "yes"),
        investment=given.get("investment", ""),
        reserves="solve" not in given or given.get("reserves") == "yes",
        split=given.get("split", "new"),
        title=given.get("title", "Further savings"),
        existing=tuple(Share(name, scheme, title, given.get(name, "")) for name, scheme, title in existing),
        new=tuple(Share(name, scheme, title, given.get(name, "")) for name, scheme, title in new),
    )


def _wish(reader: _Reader, at: Chosen, *, form: Form) -> Wish | None:
    kind = reader.chosen("wish", {str(each): each for each in WishKind}, first=WishKind.RULES)
    position = reader.chosen("position", {"cumulative": 0, "in-year": 0}, first="cumulative")
    value = ZERO
    if kind == WishKind.RATE:
        value = reader.number("value", "The surplus in per cent", most=MOST_RATE)
    elif kind == WishKind.AMOUNT:
        value = reader.number("value", "The amount to reach", most=LARGEST)
    if kind in (WishKind.RATE, WishKind.AMOUNT) and not form.value.strip():
        reader.wrong.append(Wrong("value", "Enter the number to reach, such as 1.5 for a rate or 1,250 for an amount."))
    if reader.wrong:
        return None
    return Wish(service=at.service.id, year=at.year, kind=WishKind(kind), value=value, in_year=position == "in-year")


def _manner(reader: _Reader, results: PlanResults, *, at: Chosen, form: Form) -> Manner | None:
    year = reader.chosen("saved-in", {str(each): each for each in at.years}, first=str(at.year))
    recurrent = reader.chosen("recurrent", {"yes": 1, "no": 0}, first="yes")
    invested = reader.number("investment", "The investment in per cent of the gross saving", most=MOST_RATE)
    if not 0 <= invested < PER_CENT:
        reader.wrong.append(Wrong("investment", "Enter a share of the gross saving from 0 to below 100 per cent."))
    portions = tuple(_portions(reader, results, at=at, form=form))
    line = _line(reader, results, at=at, form=form) if form.split == "line" else None
    if reader.wrong:
        return None
    if recurrent == "no" and {each.scheme for each in portions} & {each.scheme for each in form.existing}:
        words = "A scheme that is there goes on as it says. Choose a new scheme for a saving that is made once."
        reader.wrong.append(Wrong("split", words))
        return None
    rules = form.wish == WishKind.RULES and form.reserves
    return Manner(
        service=at.service.id,
        year=FinancialYear.parse(year),
        recurrent=recurrent == "yes",
        investment_share=invested,
        portions=portions,
        line=line,
        reserves_of=at.year if rules else None,
    )


def _portions(reader: _Reader, results: PlanResults, *, at: Chosen, form: Form) -> Iterator[Portion]:
    split = reader.chosen("split", SPLITS, first="new")
    taken = {each.scheme for each in schemes_of(results, at.service.id, year=form.saved_in)}
    if split == "new":
        yield from _new_portion(reader, "title", title=form.title, taken=taken, weight=PER_CENT)
    elif split == "proportion":
        yield from _in_proportion(reader, results, at=at, form=form)
    elif split == "choice":
        yield from _by_choice(reader, results, at=at, form=form, taken=taken)


def _line(reader: _Reader, results: PlanResults, *, at: Chosen, form: Form) -> str | None:
    """The line that holds savings, where there is one and all of the saving can stand in it."""
    year = next((each for each in at.years if each == form.saved_in), at.year)
    holding = lines_that_hold_savings(results.plan, at.service.id, year=year)
    if form.recurrent == "no" or form.investment.strip():
        words = "A line holds a net saving that goes on. For one made once, or with an investment, choose a new scheme."
        reader.wrong.append(Wrong("split", words))
    elif len(holding) != 1:
        found = f"{len(holding)} lines that hold" if holding else "no line that holds"
        words = f"{at.service.name} has {found} savings of {year} as an amount. Choose a new scheme."
        reader.wrong.append(Wrong("split", words))
    else:
        return holding[0].line
    return None


def _in_proportion(reader: _Reader, results: PlanResults, *, at: Chosen, form: Form) -> Iterator[Portion]:
    there = schemes_of(results, at.service.id, year=form.saved_in)
    saving = [each for each in there if net_saving(each) > 0]
    if not saving:
        words = f"{at.service.name} has no scheme in {form.saved_in} that saves. Choose a new scheme, or shares."
        reader.wrong.append(Wrong("split", words))
    for scheme in saving:
        yield Portion(scheme.scheme, scheme.title, net_saving(scheme))


def _by_choice(reader: _Reader, results: PlanResults, *, at: Chosen, form: Form, taken: set[str]) -> Iterator[Portion]:
    saves = {each.scheme: net_saving(each) > 0 for each in schemes_of(results, at.service.id, year=form.saved_in)}
    total = ZERO
    for share in (*form.existing, *form.new):
        weight = reader.number(share.field, f"The share of {share.title or 'a new scheme'}", most=PER_CENT)
        if weight < 0:
            reader.wrong.append(Wrong(share.field, "Enter a share from 0 to 100 per cent."))
        total += weight
        if not weight:
            continue
        if not share.scheme:
            name = share.field.replace("share-new", "title")
            yield from _new_portion(reader, name, title=share.title, taken=taken, weight=weight)
        elif saves[share.scheme]:
            yield Portion(share.scheme, share.title, weight)
        else:
            words = f"{share.title} saves nothing net as it stands. Change the scheme itself, or leave its share out."
            reader.wrong.append(Wrong(share.field, words))
    if total != PER_CENT:
        first = next(iter((*form.existing, *form.new)))
        reader.wrong.append(Wrong(first.field, f"The shares add to {total.normalize():f} per cent. Make them 100."))


def _new_portion(reader: _Reader, name: str, *, title: str, taken: set[str], weight: Decimal) -> Iterator[Portion]:
    words = " ".join(title.split())
    base = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:60].strip("-")
    if not base or len(words) > LONGEST_TITLE or not words.isprintable():
        say = f"Give the new scheme a title with letters or digits, of at most {LONGEST_TITLE} characters."
        reader.wrong.append(Wrong(name, say))
        return
    identifier, number = base, 1
    while identifier in taken:
        number += 1
        identifier = f"{base}-{number}"
    taken.add(identifier)
    yield Portion(identifier, words, weight)
