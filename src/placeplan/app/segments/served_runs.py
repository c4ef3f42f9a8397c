"""Tables of runs that pages may show: as they were written, under the rule of the place, and of one run a year.

Whoever looks twice may subtract one look from another. So a page shows tables of one run only, which were protected
together; and of those only one that goes below the place: a cluster is the sum of its practices, and beside a table of
practices made by itself it would give the one that is withheld away. Of several runs for a year the first by the name
of its folder is shown: adding a run changes nothing that was seen.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl
from pydantic import BaseModel, ConfigDict

from placeplan.app.disclosure_rules import rule_named
from placeplan.app.segments.privacy_definitions import read_policy
from placeplan.app.segments.protected_tables import ALL
from placeplan.app.segments.releasing import unfit
from placeplan.app.segments.releasing_results import PERIOD, PROVENANCE, frame_written, provenance_of, table_written
from placeplan.disclosure.rule import DisclosureRule
from placeplan.kernel.errors import InputError
from placeplan.segments.features import ACTIVITY_COLUMNS
from placeplan.segments.results import PEOPLE, Dimension

SEGMENT, CLUSTER, PRACTICE = str(Dimension.SEGMENT), str(Dimension.CLUSTER), str(Dimension.PRACTICE)
MATRIX, USE, VARIATION = "segment-age-band", "segment-setting", "practice-variation"
USERS = "people_with_an_event"
BELOW = ((SEGMENT, CLUSTER, PRACTICE), (SEGMENT, CLUSTER), (SEGMENT, PRACTICE))
NUMBERS = (PEOPLE, *ACTIVITY_COLUMNS, USERS)
RATIOS = ("expected", "ratio", "lower", "upper")
NOT_A_RUN = f"Its tables or its {PROVENANCE} are not as 'placeplan segments run' writes them."
CROSSED = "Ask for them together: 'placeplan segments run --by segment,cluster,practice'."


class _Named(BaseModel):
    """Something with an identifier or a title."""

    model_config = ConfigDict(strict=True)
    id: str = ""
    title: str = ""
    synthetic: bool = False


class _Rule(BaseModel):
    model_config = ConfigDict(strict=True)
    rule: str


class _Told(BaseModel):
    """What is used of what a run says of itself."""

    model_config = ConfigDict(strict=True)
    dataset: _Named
    scheme: _Named
    disclosure: _Rule
    years: list[str]
    tables: list[str]
    files: dict[str, str]


@dataclass(frozen=True, eq=False)
class ServedYear:
    """What may be shown of a year.

    ``matrix`` is by segment and age band, ``use`` by segment and setting. ``below`` is by segment and cluster, practice
    or both; ``variation`` has practices beside what is expected. A number that is withheld is blank. ``notes`` say
    what is not shown, and why.
    """

    run: str
    year: str
    scheme: str
    scheme_title: str
    source: str
    synthetic: bool
    rule: DisclosureRule
    matrix: pl.DataFrame
    use: pl.DataFrame | None
    below: pl.DataFrame | None
    variation: pl.DataFrame | None
    notes: tuple[str, ...]

    @property
    def has_clusters(self) -> bool:
        """Whether clusters may be shown."""
        return self.below is not None and CLUSTER in self.below.columns

    @property
    def has_practices(self) -> bool:
        """Whether practices may be shown, to those who have the right."""
        return self.below is not None and PRACTICE in self.below.columns

    @cached_property
    def clusters(self) -> tuple[str, ...]:
        """The clusters, in order; none where there is no table of them."""
        if self.below is None or CLUSTER not in self.below.columns:
            return ()
        return tuple(sorted(set(self.below[CLUSTER]) - {ALL}))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A run, or a year of one, that is not shown, and why."""

    run: str
    why: str


@dataclass(frozen=True, slots=True)
class ServedRuns:
    """The years that may be shown, the latest first, and what was left out."""

    years: tuple[ServedYear, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def of(self, year: str) -> ServedYear | None:
        """A year; the latest where none is named, nothing where it is not there."""
        return next((each for each in self.years if not year or each.year == year), None)


def served_runs(folder: Path) -> ServedRuns:
    """What may be shown of the runs in a folder. A run that cannot be shown is left out, and says why."""
    years: dict[str, ServedYear] = {}
    left_out: list[LeftOut] = []
    for run in _runs_in(folder):
        try:
            found = tuple(_years_of(run))
        except InputError as error:
            left_out.append(LeftOut(run.name, " ".join(str(problem) for problem in error.problems)))
            continue
        except (pl.exceptions.PolarsError, ValueError):
            left_out.append(LeftOut(run.name, NOT_A_RUN))
            continue
        for each in found:
            if each.year in years:
                left_out.append(LeftOut(run.name, _twice(each, years[each.year])))
            else:
                years[each.year] = each
    return ServedRuns(tuple(years[year] for year in sorted(years, reverse=True)), tuple(left_out))


def _twice(second: ServedYear, first: ServedYear) -> str:
    return (
        f"{second.year} is shown of '{first.run}'. Two runs about the same people could be subtracted from one another."
    )


def _runs_in(folder: Path) -> list[Path]:
    try:
        return sorted(each for each in folder.iterdir() if each.is_dir() and not each.name.startswith("."))
    except OSError:
        return []


def _years_of(run: Path) -> Iterator[ServedYear]:
    raw = provenance_of(run)
    told = _Told.model_validate(dict(raw))
    rule = rule_named(read_policy().disclosure_rule)
    by = {",".join(names): names for names in (tuple(each.split(",")) for each in told.tables)}
    below = next((by[",".join(names)] for names in BELOW if ",".join(names) in by), None)
    clusters_elsewhere = any(CLUSTER in names for names in by.values())
    if below == (SEGMENT, PRACTICE) and clusters_elsewhere:
        below = None
    for year in told.years:
        _refuse_unfit(run, MATRIX, year=year, rule=rule)
        if below:
            _refuse_unfit(run, _file_of(below), year=year, rule=rule)
        variation, why = _variation(run, raw, year=year, crossed=below == BELOW[0], clusters=clusters_elsewhere)
        yield ServedYear(
            run=run.name,
            year=year,
            scheme=told.scheme.id,
            scheme_title=told.scheme.title,
            source=told.dataset.title,
            synthetic=told.dataset.synthetic,
            rule=rule,
            matrix=_of_year(run, MATRIX, told=raw, year=year),
            use=_of_year(run, USE, told=raw, year=year) if f"{USE}.csv" in told.files else None,
            below=_of_year(run, _file_of(below), told=raw, year=year) if below else None,
            variation=variation,
            notes=(*_notes(below, by), *why),
        )


def _file_of(names: tuple[str, ...]) -> str:
    return "-".join(names).replace("_", "-")


def _refuse_unfit(run: Path, name: str, *, year: str, rule: DisclosureRule) -> None:
    """Refuse a table that is not under the rule of the place, or was changed since."""
    written = table_written(run, name, year=year)
    problems = list(unfit(written.table, written.about, rule=rule))
    if problems:
        raise InputError(problems)


def _of_year(run: Path, name: str, *, told: Mapping[str, Any], year: str) -> pl.DataFrame:
    rows = frame_written(run, f"{name}.csv", told=told).filter(pl.col(PERIOD) == year)
    return rows.with_columns(
        *(pl.col(column).cast(pl.Int64) for column in NUMBERS if column in rows.columns),
        *(pl.col(column).cast(pl.Float64) for column in RATIOS if column in rows.columns),
    )


def _notes(below: tuple[str, ...] | None, by: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    if below is None:
        yield f"This run has no table that goes below the place. {CROSSED}"
    elif below == (SEGMENT, CLUSTER):
        practices = any(PRACTICE in names for names in by.values())
        yield (
            f"Practices are not shown: beside the table of clusters they would give small numbers away. {CROSSED}"
            if practices
            else f"This run has no table of practices. {CROSSED}"
        )
    elif below == (SEGMENT, PRACTICE):
        yield f"This run has no table of clusters. {CROSSED}"


def _variation(
    run: Path, told: Mapping[str, Any], *, year: str, crossed: bool, clusters: bool
) -> tuple[pl.DataFrame | None, tuple[str, ...]]:
    """Practices beside what is expected; not where one is withheld whose cluster is shown in a table by itself."""
    if f"{VARIATION}.csv" not in told["files"]:
        return None, ()
    found = _of_year(run, VARIATION, told=told, year=year)
    if found.is_empty():
        return None, ()
    if clusters and not crossed and found[PEOPLE].null_count():
        return None, ("Practices beside what is expected are not shown: one of them is withheld.",)
    return found, ()


def withheld_sign(rule: DisclosureRule, kind: object) -> str:
    """The sign that stands in place of a withheld number."""
    return rule.symbol if str(kind).startswith("primary") else rule.secondary_symbol
