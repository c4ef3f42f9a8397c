"""The gap if nothing is done: from a file of a place, beside what plans state, in words and as two waterfalls."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from placeplan.app.care.do_nothing_definitions import read_document, read_stated_gaps
from placeplan.demand.activity import Attribution
from placeplan.demand.gap import DEMAND, FUNDING, INFLATION, Gap
from placeplan.demand.gap_definitions import GapDefinition
from placeplan.demand.points import StatedGap
from placeplan.documents.validation import validated
from placeplan.kernel.errors import InputError
from placeplan.reports.files import write_files
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.pictures.waterfall import waterfall_picture
from placeplan.reports.pictures.writing import gallery_files, picture_files
from placeplan.rounds.governance import Confidence

FORMAT = 1
DRIVERS = {DEMAND: "Demand grows", INFLATION: "Prices rise", FUNDING: "Funding grows"}
UNCONFIRMED = "Unconfirmed"


@dataclass(frozen=True, eq=False)
class PlaceGap:
    """The gap of a place.

    Attributes:
        definition: what the place says.
        gap: worked out.
        stated: the gap that a plan prints, where the file names one.
    """

    definition: GapDefinition
    gap: Gap
    stated: StatedGap | None

    @property
    def closing(self) -> Attribution:
        """From the gap to what is left of it after the solutions, by year."""
        solutions = {name: [float(one) for one in saving] for name, saving in self.definition.solutions.items()}
        return self.gap.closing(solutions)


def read_gap(path: Path) -> PlaceGap:
    """The gap from a file.

    Raises:
        InputError: the file cannot be read, or names a stated gap that there is not.
    """
    document = read_document(path, expected="a file about the gap")
    found = validated(GapDefinition, document)
    known = {one.id: one for one in read_stated_gaps().stated}
    if found.stated is not None and found.stated not in known:
        words = f"there is no stated gap called '{found.stated}'; there are {', '.join(known)}"
        raise InputError([document.problem(("stated",), words)])
    return PlaceGap(found, found.gap(), known.get(found.stated or ""))


def stated_sentences() -> Iterator[str]:
    """Every gap that a plan states, with what a share of it comes to."""
    gaps = read_stated_gaps()
    for one in gaps.stated:
        derived = gaps.derived(one.id)
        share = f"; {one.share:.2%} of {one.share_of} comes to {derived:,.0f}" if derived is not None else ""
        yield f"{one.id}: {one.of}, {one.year}: {one.amount:,} {one.unit} as stated{share}"
        yield f"  {one.reference}"


def gap_sentences(found: PlaceGap) -> Iterator[str]:
    """The gap for a person: each year, the drivers of the last, what is left after solutions, and what is stated."""
    gap, unit, last = found.gap, found.definition.unit, len(found.gap.years) - 1
    mark = "" if found.definition.confidence is Confidence.CONFIRMED else "UNCONFIRMED: "
    yield f"{mark}{found.definition.title}, {unit}"
    for place, year in enumerate(gap.years):
        sides = f"cost {gap.cost[place]:>12,.1f}  resources {gap.resources[place]:>12,.1f}"
        yield f"  {year}  {sides}  gap {gap.gap[place]:>10,.1f}"
    yield f"Where the gap of {gap.years[last]} comes from:"
    for name, title in DRIVERS.items():
        yield f"  {title:<30} {gap.attribution.own(name)[last]:>+12,.1f}"
    yield f"  {'together, beyond each alone':<30} {gap.attribution.interaction[last]:>+12,.1f}"
    for change in found.closing.changes:
        yield f"  {change.name:<30} {change.own[last]:>+12,.1f}"
    if found.definition.solutions:
        yield f"  {'left after solutions':<30} {found.closing.total[last]:>12,.1f}"
    if found.stated is not None:
        yield f"Stated: {found.stated.amount:,} {found.stated.unit} in {found.stated.year}. {found.stated.reference}."


def gap_document(found: PlaceGap) -> dict[str, Any]:
    """The gap for a machine."""
    gap = found.gap
    return {
        "format": FORMAT,
        "title": found.definition.title,
        "unit": found.definition.unit,
        "confidence": str(found.definition.confidence),
        "years": list(gap.years),
        "cost": gap.cost.tolist(),
        "resources": gap.resources.tolist(),
        "gap": gap.gap.tolist(),
        "drivers": {name: gap.attribution.own(name).tolist() for name in DRIVERS},
        "interaction": gap.attribution.interaction.tolist(),
        "solutions": {change.name: change.own.tolist() for change in found.closing.changes},
        "left": found.closing.total.tolist(),
        "stated": None if found.stated is None else float(found.stated.amount),
    }


def gap_pictures(found: PlaceGap) -> Iterator[StatisticalPicture]:
    """How the gap of the last year opens by driver, and how solutions close it."""
    first, last = found.gap.years[0], found.gap.years[-1]
    opened = f"Gap in {last}, nothing done"
    ends = (f"Gap in {first}", opened)
    yield _waterfall(found, found.gap.attribution, title=f"What opens the gap of {last}", ends=ends)
    if found.definition.solutions:
        ends = (opened, "Left after solutions")
        yield _waterfall(found, found.closing, title=f"What closes the gap of {last}", ends=ends)


def _waterfall(found: PlaceGap, by_year: Attribution, *, title: str, ends: tuple[str, str]) -> StatisticalPicture:
    words = found.definition
    own = {change.name: change.own[-1] for change in by_year.changes}
    return waterfall_picture(
        title,
        Attribution.of(by_year.base[-1], own, total=by_year.total[-1]),
        names=DRIVERS,
        ends=ends,
        title=title,
        subtitle=words.title,
        unit=words.unit,
        note=f"Source: {words.reference}.",
        marks=() if words.confidence is Confidence.CONFIRMED else (UNCONFIRMED,),
    )


def write_gap(found: PlaceGap, out: Path, *, formats: Sequence[str]) -> tuple[Path, ...]:
    """Write the waterfalls and a page that shows them; all files, or none.

    Raises:
        InputError: the folder cannot be written.
    """
    pictures = list(gap_pictures(found))
    contents = {name: content for each in pictures for name, content in picture_files(each, formats).items()}
    return write_files(out, contents | gallery_files(pictures, title=found.definition.title, formats=formats))
