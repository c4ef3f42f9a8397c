"""Makes what may leave of a run: tables under the disclosure rule, scaled figures, pictures, quality, provenance."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl

from placeplan import __version__
from placeplan.app.segments.practice_pictures import practice_pictures
from placeplan.app.segments.practice_tables import PracticeTables, practice_tables
from placeplan.app.segments.protected_tables import ALL, SafeTable, linked_safely, safe_table
from placeplan.app.segments.quality import in_pounds, quality_document, quality_table
from placeplan.app.segments.running_job import MATRIX, Worked
from placeplan.app.segments.scaled_tables import SETTING, Wholes, coverage_table, grand_total, scaled_table, wholes_of
from placeplan.app.segments.segment_pictures import Drawing, matrix_pictures, moves_picture, spend_curve
from placeplan.app.segments.year_results import FROM, TO, By, YearResults
from placeplan.disclosure.rule import DisclosureRule
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.reports.files import write_files
from placeplan.reports.pictures.concentration import Concentration
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.pictures.writing import gallery_files, own_names, picture_files
from placeplan.rounds.governance import Confidence
from placeplan.segments.features import SPEND
from placeplan.segments.results import PEOPLE
from placeplan.segments.segmenting import SEGMENT

FORMATS = ("svg", "png")
FORMAT = 1
PERIOD, STATUS = "period", "status"
SYNTHETIC, FROM_RECORDS = "synthetic", "from records"
MATRIX_TABLE = "segment-age-band"
MOST_CLASSES = 1000


@dataclass(frozen=True, eq=False)
class SegmentReport:
    """The answer of a run, all of which may leave.

    ``tables`` are frames by the name of their file; ``matrix`` is the main one, by segment, age band and year;
    ``says`` are sentences for a person; ``provenance`` and ``quality`` are written as JSON.
    """

    title: str
    synthetic: bool
    tables: Mapping[str, pl.DataFrame]
    pictures: tuple[StatisticalPicture, ...]
    says: tuple[str, ...]
    provenance: Mapping[str, Any]
    quality: Mapping[str, Any]

    @property
    def matrix(self) -> pl.DataFrame:
        """People, activity and spend by segment, age band and year."""
        return self.tables[MATRIX_TABLE]

    def files(self, *, formats: Sequence[str] = FORMATS) -> dict[str, bytes]:
        """Every file by its name."""
        contents = {f"{name}.csv": table.write_csv().encode() for name, table in self.tables.items() if table.height}
        written = {name: sha256(content).hexdigest() for name, content in contents.items()}
        for name, picture in zip(own_names(self.pictures), self.pictures, strict=True):
            for key, content in picture_files(picture, formats).items():
                contents[f"{name}{key.removeprefix(picture.name)}"] = content
        contents["provenance.json"] = _json({**self.provenance, "files": written})
        contents["quality.json"] = _json(self.quality)
        notes = (*self.says, *(f"Table: {name}.csv" for name, table in self.tables.items() if table.height))
        return contents | gallery_files(self.pictures, title=self.title, notes=notes)

    def write(self, out: Path, *, formats: Sequence[str] = FORMATS) -> tuple[Path, ...]:
        """Write every table, every picture, quality, provenance, and a page that shows it. All files, or none.

        Raises:
            InputError: the folder cannot be written.
        """
        return write_files(out, self.files(formats=formats))


def _json(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def report_of(worked: Worked) -> SegmentReport:
    """What may leave of a run.

    Raises:
        InputError: two of the tables asked for would give a small number away, or a figure cannot be scaled.
    """
    parts = [_Year.of(worked, one) for one in worked.years]
    refuse_linked(parts)
    drawing = _drawing(worked)
    moves = [_safe_moves(worked, table, pair=pair) for table, pair in zip(worked.moves, _pairs(parts), strict=True)]
    status = SYNTHETIC if worked.dataset.description.synthetic else FROM_RECORDS
    tables = {name: frame.with_columns(pl.lit(status).alias(STATUS)) for name, frame in _tables(worked, parts)}
    shown_moves = [frame for frame in moves if frame is not None]
    if shown_moves:
        years = [(str(a.results.period.name), b.results.period.name) for a, b in _pairs(parts)]
        frames = [
            table.frame.select(pl.lit(first).alias("from_period"), pl.lit(second).alias("to_period"), pl.all())
            for table, (first, second) in zip(moves, years, strict=True)
            if table is not None
        ]
        tables["moves"] = pl.concat(frames).with_columns(pl.lit(status).alias(STATUS))
    return SegmentReport(
        title=f"{'SYNTHETIC: ' if worked.dataset.description.synthetic else ''}Who needs care: {worked.scheme.title}",
        synthetic=worked.dataset.description.synthetic,
        tables=tables,
        pictures=tuple(_pictures(worked, parts, moves=moves, drawing=drawing)),
        says=tuple(_says(worked, parts, moves=moves)),
        provenance=_provenance(worked),
        quality=quality_document(worked.dataset.description, worked.quality),
    )


@dataclass(frozen=True, eq=False)
class _Year:
    """The tables of one year that may leave."""

    results: YearResults
    tables: Mapping[By, SafeTable]
    scaled: Mapping[By, pl.DataFrame]
    use: pl.DataFrame
    wholes: Wholes
    curve: Concentration | None
    practices: PracticeTables

    @classmethod
    def of(cls, worked: Worked, results: YearResults) -> "_Year":
        rule, reason = worked.rule, worked.request.reason
        tables = {
            by: safe_table(frame, list(map(str, by)), rule=rule, reason=reason) for by, frame in results.tables.items()
        }
        wholes = wholes_of(results, worked.dataset.description, linked_people=grand_total(tables[MATRIX]))
        scaled = {
            by: scaled_table(
                table, wholes=wholes, exact=results.tables[by], by_setting=results.settings.get(by), rule=rule
            )
            for by, table in tables.items()
        }
        use = safe_table(results.use, [SEGMENT, SETTING], rule=rule, reason=reason)
        practices = practice_tables(results, rule=rule, reason=reason, budget_pence=worked.request.budget_pence)
        return cls(results, tables, scaled, _use_shown(use), wholes, _curve(results, rule), practices)

    @property
    def shows_practices(self) -> bool:
        """Whether tables of practices may leave beside the others."""
        return all(linked_safely(self.practices.people, table) for table in self.tables.values())


def _use_shown(use: SafeTable) -> pl.DataFrame:
    """People who used each setting. They are no parts of a sum, so totals of people are left out."""
    inner = use.frame.filter(pl.col(SEGMENT) != ALL, pl.col(SETTING) != ALL)
    return inner.drop("spend_per_head_pence").rename({PEOPLE: "people_with_an_event"})


def _curve(results: YearResults, rule: DisclosureRule) -> Concentration | None:
    """Classes of cost, each joined with the next until it has more people than the rule withholds."""
    if results.spread is None:
        return None
    least = max(rule.small[1] + 1 if rule.withholds else 1, results.people // MOST_CLASSES)
    people: list[int] = []
    spend: list[int] = []
    held_people = held_spend = 0
    for one in reversed(results.spread.bins):
        held_people, held_spend = held_people + one.people, held_spend + one.spend_pence
        if held_people >= least:
            people.append(held_people)
            spend.append(held_spend)
            held_people = held_spend = 0
    if held_people and people:
        people[-1], spend[-1] = people[-1] + held_people, spend[-1] + held_spend
    return Concentration(results.period.name, people, spend)


def refuse_linked(parts: Sequence[_Year]) -> None:
    """Refuse tables of one year that together give away what neither shows.

    Raises:
        InputError: with each pair of tables.
    """
    problems: list[Problem] = []
    for part in parts:
        shown = list(part.tables.values())
        for place, first in enumerate(shown):
            for second in shown[:place]:
                if not linked_safely(first, second):
                    names = f"'{','.join(second.by)}' and '{','.join(first.by)}'"
                    message = f"{part.results.period.name}: {names} together would give a small number away"
                    mend = "Ask for one of them, or for both crossed in one table: --by with all their names."
                    problems.append(Problem(Location("by"), message, mend=mend))
    if problems:
        raise InputError(problems)


def _pairs(parts: Sequence[_Year]) -> list[tuple[_Year, _Year]]:
    return list(pairwise(parts))


def _safe_moves(worked: Worked, moves: pl.DataFrame, *, pair: tuple[_Year, _Year]) -> SafeTable | None:
    """Moves under the rule; none where their totals would give away what the segments' own table withholds."""
    found = safe_table(moves, [FROM, TO], rule=worked.rule, reason=worked.request.reason, measures=())
    margins = [one.tables[MATRIX].margin([SEGMENT])[PEOPLE] for one in pair]
    own = [found.margin([name])[PEOPLE] for name in (FROM, TO)]
    return found if all(margin.null_count() == 0 for margin in (*margins, *own)) else None


def _tables(worked: Worked, parts: Sequence[_Year]) -> Iterator[tuple[str, pl.DataFrame]]:
    for by in worked.request.tables:
        frames = [_of_period(one.results, one.scaled[by]) for one in parts]
        yield "-".join(by).replace("_", "-"), pl.concat(frames, how="diagonal")
    yield "segment-setting", pl.concat([_of_period(one.results, one.use) for one in parts])
    shown = [one for one in parts if one.shows_practices]
    if shown:
        yield "practice-variation", pl.concat([_of_period(one.results, one.practices.variation) for one in shown])
    budgets = [_of_period(one.results, one.practices.budgets) for one in shown if one.practices.budgets is not None]
    if budgets:
        yield "practice-budgets", pl.concat(budgets)
    yield "coverage", coverage_table([one.wholes for one in parts])
    outside = [{PERIOD: one.results.period.name, **one.results.outside} for one in parts]
    yield "outside", pl.DataFrame(outside)
    yield "quality", quality_table(worked.quality)


def _of_period(results: YearResults, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(pl.lit(results.period.name).alias(PERIOD), pl.all())


def _drawing(worked: Worked) -> Drawing:
    description, scheme = worked.dataset.description, worked.scheme
    marks = [*(["Synthetic"] if description.synthetic else [])]
    if scheme.confidence is not Confidence.CONFIRMED:
        marks.append("Unconfirmed scheme")
    note = f"Source: {description.title}. Scheme: {scheme.reference}."
    return Drawing(scheme, worked.rule, tuple(marks), note)


def _pictures(
    worked: Worked, parts: Sequence[_Year], *, moves: Sequence[SafeTable | None], drawing: Drawing
) -> Iterator[StatisticalPicture]:
    for part in reversed(parts):
        own = drawing.noting(part.wholes.in_words)
        yield from matrix_pictures(part.tables[MATRIX], own, year=part.results.period.name)
    drawing = drawing.noting(parts[-1].wholes.in_words)
    for table, (first, second) in zip(moves, _pairs(parts), strict=True):
        if table is not None:
            yield moves_picture(table, drawing, years=(first.results.period.name, second.results.period.name))
    curves = [one.curve for one in parts if one.curve is not None]
    if curves:
        yield spend_curve(curves, drawing)
    if parts[-1].shows_practices:
        last, description = parts[-1], worked.dataset.description
        yield from practice_pictures(
            last.practices.variation,
            drawing,
            period=last.results.period,
            synthetic=description.synthetic,
            source=description.title,
        )


def _says(worked: Worked, parts: Sequence[_Year], *, moves: Sequence[SafeTable | None]) -> Iterator[str]:
    description = worked.dataset.description
    if description.synthetic:
        yield "Every figure is synthetic. It describes no real person and no real place."
    purpose, reference = description.purpose.rstrip("."), description.agreement.reference.rstrip(".")
    yield f"{description.title}; purpose: {purpose}; agreement: {reference}."
    for part in parts:
        yield from _says_of_year(part, worked.rule)
    for table, (first, second) in zip(moves, _pairs(parts), strict=True):
        if table is None:
            years = f"{first.results.period.name} to {second.results.period.name}"
            yield f"Moves from {years} are left out: their totals would give a small number away."
    last = parts[-1].results.period
    if description.extracted < last.last:
        yield f"The extract is of {description.extracted}, before {last.name} ends; that year is not complete."
    yield (
        f"Data quality: {len(worked.quality.problems)} kinds of problem in the rows; see quality.csv."
        if worked.quality.problems
        else "Data quality: no problem was found in the rows."
    )


def _says_of_year(part: _Year, rule: DisclosureRule) -> Iterator[str]:
    year, matrix = part.results.period.name, part.tables[MATRIX]
    total = matrix.frame.filter(*(pl.col(name) == ALL for name in matrix.by)).row(0, named=True)
    if total[PEOPLE] is not None:
        about = "about " if rule.rounded_to and rule.withholds else ""
        head = total["spend_per_head_pence"] or 0
        yield f"{year}: {about}{total[PEOPLE]:,} people, {in_pounds(total[SPEND])}, {in_pounds(head)} per head."
    yield f"{year}: {matrix.statement}"
    outside = part.results.outside
    if outside["events"]:
        yield (
            f"{year}: {outside['events']:,} events worth {in_pounds(outside[SPEND])} belong to nobody on a list "
            "and are in no segment."
        )
    if part.wholes.people:
        one = part.wholes.people
        yield f"{year}: people are scaled by {float(one.factor):.4f} to {one.whole:,} ({one.source})."
    if part.wholes.settings:
        names = ", ".join(f"{name} {float(one.factor):.4f}" for name, one in part.wholes.settings.items())
        yield f"{year}: spend is scaled to the accounts by setting: {names}."
    if part.curve is None:
        yield f"{year}: somebody cost less than nothing, so that no curve of concentration is drawn; see quality.csv."
    if not part.shows_practices:
        yield f"{year}: tables of practices are left out: beside another table they would give a small number away."
    for name, pence in part.wholes.not_linked.items():
        yield f"{year}: the accounts have {in_pounds(pence)} of {name}; none of it was linked, and it is not scaled in."


def _provenance(worked: Worked) -> Mapping[str, Any]:
    description, scheme, request = worked.dataset.description, worked.scheme, worked.request
    return {
        "format": FORMAT,
        "placeplan": __version__,
        "dataset": {
            "title": description.title,
            "synthetic": description.synthetic,
            "purpose": description.purpose,
            "lawful_basis": list(description.lawful_basis),
            "agreement": description.agreement.reference,
            "controller": description.controller,
            "opt_outs": str(description.opt_outs),
            "extracted": description.extracted.isoformat(),
        },
        "scheme": {
            "id": scheme.id,
            "title": scheme.title,
            "reference": scheme.reference,
            "confidence": str(scheme.confidence),
            "reviewed": scheme.review.reviewed.isoformat(),
            "reviewer": scheme.review.reviewer,
            "review_due": scheme.review.review_due.isoformat(),
        },
        "years": [str(year) for year in request.years],
        "tables": [",".join(by) for by in request.tables],
        "published_lists": list(worked.lists),
        "disclosure": {"rule": worked.rule.id, "confirmed": worked.rule.confirmed, "reason": request.reason},
        "engine": worked.engine,
    }
