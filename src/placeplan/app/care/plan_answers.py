"""The care model of a plan in words, for machines and as files: from activity to savings, cost, beds and staff."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from placeplan.app.care.do_nothing_definitions import read_points
from placeplan.app.care.plan_care import compute_care
from placeplan.app.care.plan_inputs import care_inputs, has_care_model
from placeplan.app.care.plan_model import CareModel, care_model
from placeplan.app.care.plan_pictures import care_pictures, marks_of
from placeplan.app.loading import load
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.figures import Figure, Figures
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.wording import worded
from placeplan.plan.model import Plan
from placeplan.reports.files import write_files
from placeplan.reports.pictures.writing import gallery_files, picture_files

FORMAT = 1
NAME_WIDTH = 50
UNKNOWN = "not known"
MONEY = (
    ("saving", "At tariff: what the payer stops paying"),
    ("saving-at-marginal-cost", "At marginal cost: what the system stops spending"),
    ("stranded-cost", "Stranded: cost that stays for now"),
    ("investment", "Investment"),
    ("net", "Net: at tariff less investment"),
)
EVIDENCE = ("saving-low", "saving-middle", "saving-high")


@dataclass(frozen=True, eq=False)
class PlanCare:
    """The care model of a plan, computed.

    Attributes:
        plan: the plan, under its scenario.
        year: the year that is told.
        model: the chain.
        figures: what the plan's document shows.
    """

    plan: Plan
    year: FinancialYear
    model: CareModel
    figures: Figures

    def value(self, figure: str) -> Decimal | None:
        """The value of a figure; nothing where it is not known or does not exist."""
        found: Figure | None = self.figures.get(figure)
        return None if found is None else found.value


def plan_care(path: Path, *, scenario: str | None = None, year: str = "") -> PlanCare:
    """Compute the care model of a plan.

    Args:
        path: of the plan.
        scenario: of the plan.
        year: one of the plan; its last when empty.

    Raises:
        InputError: the plan cannot be read, has no care model, or has no such year.
    """
    plan = plan_with_care(path, scenario=scenario)
    years = {str(one): one for one in plan.header.years}
    if year and year not in years:
        problem = Problem(Location("year"), f"'{year}' is no year of the plan", f"one of {', '.join(years)}")
        raise InputError([problem])
    chosen = years[year] if year else plan.header.years[-1]
    return PlanCare(plan, chosen, care_model(care_inputs(plan)), compute_care(plan, known={}).figures)


def plan_with_care(path: Path, *, scenario: str | None = None) -> Plan:
    """Read a plan that has a care model.

    Raises:
        InputError: it cannot be read, or has none.
    """
    plan = load(path, scenario=scenario).plan
    if not has_care_model(plan):
        mend = "Write care: in plan.yaml and activity in care/activity.csv; see docs/explanation/local-care-model.md."
        raise InputError([Problem(Location(path.name), "the plan has no care model", "tables under care/", mend)])
    return plan


def care_sentences(found: PlanCare) -> Iterator[str]:
    """The answer for a person."""
    year, title = found.year, found.plan.header.title
    marks = "".join(f"{mark.upper()}: " for mark in marks_of(found.plan))
    yield f"{marks}{title}, {year}"
    yield "\nActivity: if nobody intervenes, and with the interventions"
    for point in found.model.after.axes.points:
        yield _point_line(found, point)
    yield "\nMoney: savings in three ways, which are never added"
    for measure, words in MONEY:
        yield _line(words, _money(found, f"demand.total.{year}.{measure}"))
    yield "\nWhat evidence allows of the saving at tariff, in nine of ten runs at least, in half, and in one of ten"
    yield _line("Saving", ", ".join(_money(found, f"demand.total.{year}.{name}") for name in EVIDENCE))
    yield _line("Runs that save what is claimed", f"{found.value(f'demand.total.{year}.claim-probability')}%")
    yield from _needs(found, "beds", heading="\nBeds needed, and there", there="there")
    yield from _needs(found, "staff", heading="\nFull-time equivalents needed, and in post", there="in-post")


def _point_line(found: PlanCare, point: str) -> str:
    before, after = (
        found.value(f"demand.{point}.{found.year}.{name}") for name in ("do-nothing", "with-interventions")
    )
    title = read_points()[point].title.split(",")[0]
    if before is None or after is None:
        return _line(title, UNKNOWN)
    change = f"{float(after / before - 1):+.1%}" if before else ""
    return _line(title, f"{before:>12,.0f} {after:>12,.0f}  {change}")


def _needs(found: PlanCare, what: str, *, heading: str, there: str) -> Iterator[str]:
    names = _named(found, what)
    if names:
        yield heading
    for name in names:
        needed = found.value(f"capacity.{what}.{name}.{found.year}.needed")
        standing = found.value(f"capacity.{what}.{name}.{there}")
        yield _line(_spoken(name), f"{_count(needed):>12} {_count(standing):>12}")


def _named(found: PlanCare, what: str) -> tuple[str, ...]:
    start = f"capacity.{what}."
    return tuple(
        dict.fromkeys(name.removeprefix(start).split(".")[0] for name in found.figures if name.startswith(start))
    )


def _spoken(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _count(value: Decimal | None) -> str:
    return UNKNOWN if value is None else f"{value:,.0f}"


def _money(found: PlanCare, figure: str) -> str:
    value = found.value(figure)
    return UNKNOWN if value is None else worded(value.quantize(Decimal(1)), str(found.plan.header.money))


def _line(name: str, words: str) -> str:
    return f"  {name:<{NAME_WIDTH}} {words}"


def care_document(found: PlanCare) -> dict[str, Any]:
    """The answer for a machine. ``format`` rises when a key is taken away or changes its meaning."""
    return {
        "format": FORMAT,
        "plan": found.plan.header.id,
        "year": str(found.year),
        "marks": list(marks_of(found.plan)),
        "unit": str(found.plan.header.money),
        "figures": {
            name: None if figure.value is None else float(figure.value)
            for name, figure in found.figures.items()
            if str(found.year) in name.split(".") or ".there" in name or ".in-post" in name
        },
    }


def write_care(found: PlanCare, out: Path, *, formats: Sequence[str]) -> tuple[Path, ...]:
    """Write the pictures and a page that shows them; all files, or none.

    Raises:
        InputError: the folder cannot be written, or there are too few runs to say what drives the saving.
    """
    pictures = list(care_pictures(found.plan, found.model))
    contents: dict[str, bytes] = {}
    for picture in pictures:
        contents |= picture_files(picture, formats)
    title = f"Care model: {found.plan.header.title}"
    return write_files(out, contents | gallery_files(pictures, title=title, notes=(), formats=formats))
