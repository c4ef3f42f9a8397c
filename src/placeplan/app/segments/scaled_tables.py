"""Scales tables of what was linked to the registered lists and the accounts, with the factor beside every figure."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from placeplan.app.segments.protected_tables import ALL, SafeTable, per_head, with_totals
from placeplan.app.segments.year_results import YearResults
from placeplan.disclosure.rule import DisclosureRule
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.segments.dataset import DatasetDescription
from placeplan.segments.features import SPEND
from placeplan.segments.results import PEOPLE
from placeplan.segments.scaling import Coverage, scaled, shared_out

SCALED_PEOPLE, PEOPLE_FACTOR = "people_scaled", "people_factor"
SCALED_SPEND, SPEND_FACTOR = "spend_scaled_pence", "spend_factor"
SCALED_PER_HEAD = "spend_per_head_scaled_pence"
SETTING = "setting"
PLACES = 4
SHOWN_FROM = 0.005  # shares are printed as whole per cents
COVERAGE = {
    "period": pl.String,
    "what": pl.String,
    "linked": pl.Int64,
    "whole": pl.Int64,
    "share": pl.Float64,
    "factor": pl.Float64,
    "source": pl.String,
}


@dataclass(frozen=True)
class Wholes:
    """What a year is scaled to: people on the registered lists, and spend of each setting in the accounts.

    ``not_linked`` are settings of which the accounts know spend and the dataset has none: they cannot be scaled.
    """

    period: str
    people: Coverage | None
    settings: dict[str, Coverage]
    not_linked: dict[str, int]

    @property
    def in_words(self) -> str:
        """What share of the whole the linked figures are, for a picture; nothing where they are all of it."""
        linked = sum(one.linked for one in self.settings.values())
        whole = sum(one.whole for one in self.settings.values()) + sum(self.not_linked.values())
        shares = [
            f"{some / all_of_it:.0%} of {what}"
            for what, some, all_of_it in (
                ("people", self.people.linked if self.people else 0, self.people.whole if self.people else 0),
                ("spend", linked, whole),
            )
            if all_of_it and abs(some / all_of_it - 1) >= SHOWN_FROM
        ]
        if not shares:
            return ""
        return f"Figures are of the linked records, {' and '.join(shares)}; scaled ones stand in the tables."

    def rows(self) -> Iterator[tuple[str, str, int, int, float | None, float, str]]:
        """A row for each thing that is scaled."""
        named = [("people", self.people)] if self.people else []
        for what, one in [*named, *((f"spend_pence: {name}", one) for name, one in self.settings.items())]:
            share = None if one.share is None else round(float(one.share), PLACES)
            yield self.period, what, one.linked, one.whole, share, round(float(one.factor), PLACES), one.source


def wholes_of(results: YearResults, description: DatasetDescription, *, linked_people: int | None) -> Wholes:
    """What there is to scale a year to, from ``dataset.yaml``.

    Args:
        results: the numbers of the year.
        description: the lists and accounts that it names.
        linked_people: people in the tables as they are shown, so that a factor gives no exact number away.
    """
    year = results.period.name
    lists = [one for one in description.registered_lists if one.year == year]
    people = Coverage(linked_people, int(lists[0].people), lists[0].source) if lists and linked_people else None
    linked = {str(name): int(pence) for name, pence in results.use.group_by(SETTING).agg(pl.col(SPEND).sum()).rows()}
    accounts = [one for one in description.accounts if one.year == year]
    found = [one for one in accounts if linked.get(one.setting)]
    return Wholes(
        period=year,
        people=people,
        settings={one.setting: Coverage(linked[one.setting], int(one.spend_pence), one.source) for one in found},
        not_linked={one.setting: int(one.spend_pence) for one in accounts if one not in found and one.spend_pence},
    )


def scaled_table(
    safe: SafeTable, *, wholes: Wholes, exact: pl.DataFrame, by_setting: pl.DataFrame | None, rule: DisclosureRule
) -> pl.DataFrame:
    """A protected table with scaled people, scaled spend and the factor of each.

    Where the rule rounds, people are scaled from the rounded numbers, so that scaling takes no rounding back; else
    they add up to the registered lists exactly. Spend of each setting adds up to the accounts exactly.

    Args:
        safe: the protected table.
        wholes: what to scale to.
        exact: the same table with nothing held back and no totals.
        by_setting: the same by setting; none where the accounts are not known.
        rule: the rule that the table is under.

    Raises:
        InputError: a figure below zero cannot be scaled.
    """
    frame, by = safe.frame, list(safe.by)
    text = exact.with_columns(pl.col(by).cast(pl.String))
    if wholes.people:
        frame = _with_people(frame, text, by=by, whole=wholes.people, exactly=not rule.withholds)
    if wholes.settings and by_setting is not None:
        spend = with_totals(_scaled_spend(by_setting, by, wholes=wholes), by, measures=[SCALED_SPEND])
        frame = frame.join(spend, on=by, how="left", maintain_order="left")
        known = pl.col(SPEND).is_not_null()
        frame = frame.with_columns(pl.when(known).then(pl.col(SCALED_SPEND).fill_null(0)).alias(SCALED_SPEND))
        ratio = pl.when(pl.col(SPEND) > 0).then((pl.col(SCALED_SPEND) / pl.col(SPEND)).round(PLACES))
        frame = frame.with_columns(ratio.alias(SPEND_FACTOR))
    if SCALED_SPEND in frame.columns and SCALED_PEOPLE in frame.columns:
        frame = frame.with_columns(per_head(SCALED_SPEND, SCALED_PEOPLE).alias(SCALED_PER_HEAD))
    return frame


def _with_people(
    frame: pl.DataFrame, exact: pl.DataFrame, *, by: Sequence[str], whole: Coverage, exactly: bool
) -> pl.DataFrame:
    factor = pl.lit(round(float(whole.factor), PLACES)).alias(PEOPLE_FACTOR)
    if not exactly:
        multiplied = (pl.col(PEOPLE) * float(whole.factor)).round().cast(pl.Int64)
        return frame.with_columns(multiplied.alias(SCALED_PEOPLE), factor)
    ordered = exact.sort(by)
    shares = pl.Series(SCALED_PEOPLE, shared_out(ordered[PEOPLE].to_list(), whole.whole), dtype=pl.Int64)
    totals = with_totals(ordered.with_columns(shares), by, measures=[SCALED_PEOPLE])
    joined = frame.join(totals, on=list(by), how="left", maintain_order="left")
    return joined.with_columns(pl.col(SCALED_PEOPLE).fill_null(0), factor)


def _scaled_spend(by_setting: pl.DataFrame, by: Sequence[str], *, wholes: Wholes) -> pl.DataFrame:
    """Spend of each combination, scaled setting by setting; settings that the accounts do not name stay as linked."""
    cells = by_setting.with_columns(pl.col([*by, SETTING]).cast(pl.String)).sort(*by, SETTING)
    targets: dict[Hashable, tuple[int, str]] = {name: (one.whole, one.source) for name, one in wholes.settings.items()}
    try:
        figures = scaled(cells[SPEND].to_list(), cells[SETTING].to_list(), wholes=targets).figures
    except ValueError as error:
        mend = "Run 'placeplan segments check' and look for costs below zero."
        raise InputError([Problem(Location("dataset.yaml", field="accounts"), str(error), mend=mend)]) from error
    return cells.with_columns(pl.Series(SCALED_SPEND, figures, dtype=pl.Int64)).select(*by, SCALED_SPEND)


def coverage_table(wholes: Sequence[Wholes]) -> pl.DataFrame:
    """What was scaled, to what, by which factor."""
    return pl.DataFrame([row for one in wholes for row in one.rows()], schema=COVERAGE, orient="row")


def grand_total(safe: SafeTable) -> int | None:
    """Everybody in a table, as it is shown; none where that is withheld."""
    total = safe.frame.filter(*(pl.col(name) == ALL for name in safe.by))[PEOPLE]
    return None if total.is_empty() or total[0] is None else int(total[0])
