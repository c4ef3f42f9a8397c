"""Observations under today's organisations and in footprints, so that a reorganisation does not break a series."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from placeplan.indicators.observed.adding_up import all_sources, weakest_status, whole_sum
from placeplan.indicators.observed.locating_remarks import Row, about, remarks_on
from placeplan.indicators.observed.observations import SCHEMA, Observations, Status
from placeplan.indicators.observed.parts_of_areas import WHOLE, Met, Parts, Period, TakeOvers, parts_of, period_of
from placeplan.indicators.observed.remarks import Remark, RemarkKind
from placeplan.kernel.organisations import ANY_PURPOSE, OrganisationGraph, OrganisationType

CELL = ("measure", "period", "starts", "ends", "frequency", "sex", "age", "category")
NAMES_SHOWN = 5
_PLAN = {
    "pattern": pl.Int64(),
    "target": pl.String(),
    "target_name": pl.String(),
    "area": pl.String(),
    "share": pl.Float64(),
    "obstacle": pl.String(),
    "why": pl.String(),
}
_BETWEEN = "\x1f"


@dataclass(frozen=True, eq=False)
class RolledUp:
    """Rows under the organisations or footprints asked for, and remarks on those that could not be added up."""

    observations: Observations
    remarks: tuple[Remark, ...]


def rolled_up(
    observations: Observations,
    graph: OrganisationGraph,
    *,
    on: date,
    to: Collection[str] | OrganisationType | None = None,
    purpose: str = ANY_PURPOSE,
    weights: Mapping[tuple[str, str], float] | None = None,
) -> RolledUp:
    """Observations added up to organisations and footprints, each by what held in its own period.

    A footprint is made up of the areas that were its members in the period of each row. An organisation is made up of
    those whose work it had taken over by the day ``on``. A figure of its own comes before either. Numerators and
    denominators are added; the status is the weakest of the parts. Nothing is added up short: where a part has no
    figures the sum is left out, with a remark that names the part. Published values cannot be added; a single whole
    part keeps its value, as when an organisation only changed its name.

    Args:
        observations: checked rows.
        graph: areas, organisations, take-overs and memberships.
        on: the day whose organisations are wanted.
        to: the organisations and footprints wanted, or a kind of organisation; the heirs of all areas when ``None``.
        purpose: which memberships count.
        weights: for an area that was split, the share of it that each direct successor took, by (area, successor).

    Raises:
        ValueError: an area has two rows for one period and breakdown.
    """
    rows = observations.frame
    take_overs = TakeOvers(graph, on, weights or {})
    figures = rows.filter(pl.col("numerator").is_not_null() | pl.col("value").is_not_null())
    if figures.select(*CELL, "area").is_duplicated().any():
        raise ValueError("an area has two rows for one period and breakdown; check the observations before adding up")
    cells = figures.group_by(CELL, maintain_order=True).agg(
        pl.col("area").unique().sort().str.join(_BETWEEN).alias("areas")
    )
    patterns = cells.select("starts", "ends", "areas").unique(maintain_order=True).with_row_index("pattern")
    wanted = _wanted(to, graph, on=on)
    plan = pl.DataFrame(
        list(_plan(patterns, wanted, purpose=purpose, take_overs=take_overs)), schema=_PLAN, orient="row"
    )
    numbered = cells.join(patterns, on=["starts", "ends", "areas"]).cast({"pattern": pl.Int64})
    planned = figures.join(numbered.select(*CELL, "pattern"), on=CELL, maintain_order="left").join(
        plan, on=["pattern", "area"], maintain_order="left"
    )
    sums, unadded = _sums(planned.filter(pl.col("obstacle").is_null()))
    blank = rows.join(figures, on=[*CELL, "area"], how="anti")
    kept = _kept_blank(blank, sums, wanted=wanted, take_overs=take_overs)
    frame = pl.concat([sums, kept]).sort("measure", "area", "sex", "age", "category", "starts", maintain_order=True)
    obstacles = planned.filter(pl.col("obstacle").is_not_null())
    return RolledUp(Observations(frame), (*_on_obstacles(obstacles), *_on_uncounted(unadded)))


def _wanted(to: Collection[str] | OrganisationType | None, graph: OrganisationGraph, *, on: date) -> list[str] | None:
    if isinstance(to, OrganisationType):
        return [body.id for body in graph.open_on(on) if body.type is to]
    if isinstance(to, str):
        return [to]
    return None if to is None else list(dict.fromkeys(to))


def _plan(
    patterns: pl.DataFrame, wanted: list[str] | None, *, purpose: str, take_overs: TakeOvers
) -> Iterator[tuple[object, ...]]:
    """For each pattern of areas with figures in a period, and each target, the areas to add up and any obstacle."""
    graph = take_overs.graph
    periods: dict[tuple[date, date], Period] = {}
    for number, starts, ends, joined in patterns.iter_rows():
        if (starts, ends) not in periods:
            periods[starts, ends] = period_of(graph, purpose, starts=starts, ends=ends)
        areas = joined.split(_BETWEEN)
        present = frozenset(areas)
        targets = wanted
        if targets is None:
            targets = list(dict.fromkeys(heir for area in areas for heir in take_overs.heirs(area)))
        for target in targets:
            name = graph[target].name if target in graph else ""
            if target in present and target not in take_overs.before:
                yield number, target, name, target, WHOLE, None, ""
                continue
            parts = parts_of(target, present=present, take_overs=take_overs, period=periods[starts, ends])
            why = _why(parts, graph) if parts.obstacle else ""
            for area, share in parts.shares.items():
                yield number, target, name, area, share, parts.obstacle, why


def _why(parts: Parts, graph: OrganisationGraph) -> str:
    """What stands in the way of adding up, in words."""
    said = [
        f"{_named(step.area, graph)} was split between {_several(step.others, graph)}" for step in parts.met(Met.SPLIT)
    ]
    if said:
        return "; ".join(said)
    said = [
        f"figures stand under {_named(step.area, graph)} and under {_several(step.others, graph)}, "
        "whose work it took over"
        for step in parts.met(Met.DOUBLED)
    ]
    missing, changed = ([step.area for step in parts.met(what)] for what in (Met.MISSING, Met.CHANGED))
    if missing:
        said.append(f"there are no figures of {_several(missing, graph)}")
    if changed:
        said.append(f"members changed within the period in {_several(changed, graph)}")
    return "; ".join(said)


def _named(area: str, graph: OrganisationGraph) -> str:
    if area not in graph or graph[area].name == area:
        return area
    return f"{graph[area].name} ({area})"


def _several(areas: Collection[str], graph: OrganisationGraph) -> str:
    names = [_named(area, graph) for area in areas]
    more = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
    return ", ".join(names[:NAMES_SHOWN]) + more


def _sums(planned: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """One row for each target, period and breakdown; and those whose parts do not all have the counts."""
    share = pl.col("share")
    alone = (pl.len() == 1) & (share == WHOLE).all()
    published = [
        pl.when(alone).then(pl.first(name)).otherwise(None).alias(name) for name in ("value", "lower", "upper")
    ]
    own_name = pl.when(alone & (pl.first("area") == pl.first("target")) & (pl.first("area_name") != ""))
    added = (
        planned.with_columns((pl.col(name) * share).alias(name) for name in ("numerator", "denominator"))
        .group_by(*CELL, "target", maintain_order=True)
        .agg(
            own_name.then(pl.first("area_name")).otherwise(pl.first("target_name")).alias("area_name"),
            pl.first("file", "line"),
            whole_sum("numerator"),
            whole_sum("denominator"),
            *published,
            pl.when((share < WHOLE).any() & weakest_status().is_in([Status.FINAL, Status.REVISED, Status.PROVISIONAL]))
            .then(pl.lit(Status.ESTIMATED.value))
            .otherwise(weakest_status())
            .alias("status"),
            all_sources(),
            pl.len().alias("count"),
            (alone | (pl.col("numerator").is_not_null().all() & _all_or_none("denominator"))).alias("counted"),
            pl.col("area").filter(_uncounted()).unique().sort().head(NAMES_SHOWN).str.join(", ").alias("uncounted"),
        )
        .rename({"target": "area"})
    )
    return added.filter("counted").select(list(SCHEMA)), added.filter(~pl.col("counted"))


def _all_or_none(column: str) -> pl.Expr:
    return pl.col(column).is_null().all() | pl.col(column).is_not_null().all()


def _uncounted() -> pl.Expr:
    """Parts without a numerator, or without the denominator that others have."""
    return pl.col("numerator").is_null() | (pl.col("denominator").is_null() & ~_all_or_none("denominator"))


def _kept_blank(
    blank: pl.DataFrame, sums: pl.DataFrame, *, wanted: list[str] | None, take_overs: TakeOvers
) -> pl.DataFrame:
    """Rows without figures, such as suppressed ones, of areas that are wanted themselves."""
    areas = blank["area"].unique().to_list()
    own = [area for area in areas if (take_overs.heirs(area) == (area,) if wanted is None else area in wanted)]
    return blank.filter(pl.col("area").is_in(own)).join(sums, on=[*CELL, "area"], how="anti")


def _on_obstacles(planned: pl.DataFrame) -> list[Remark]:
    """Remarks on sums that were left out: one for each, but one for each area that was split."""
    split = planned.filter(pl.col("obstacle") == RemarkKind.SPLIT.value)
    others = planned.filter(pl.col("obstacle") != RemarkKind.SPLIT.value)
    remarks = remarks_on(
        split.group_by("why", maintain_order=True).agg(
            pl.first("file", "line"), pl.struct(*CELL, "area").n_unique().alias("count")
        ),
        RemarkKind.SPLIT,
        message=lambda row: f"{row['why']}, so these have no figures for the time before",
        field="area",
        expected="the share of the split area that each successor took, together 1",
        mend="Give the shares as weights.",
    )
    for kind in (RemarkKind.DUPLICATE, RemarkKind.INCOMPLETE):
        found = (
            others.filter(pl.col("obstacle") == kind.value)
            .group_by(*CELL, "target", maintain_order=True)
            .agg(pl.first("why", "file", "line"), pl.first("target_name").alias("area_name"), pl.len().alias("count"))
            .rename({"target": "area"})
        )
        remarks += remarks_on(
            found,
            kind,
            message=lambda row: f"{about(row)} is not added up: {row['why']}",
            field="area",
            expected=_EXPECTED[kind],
            mend=_MEND[kind],
        )
    return remarks


_EXPECTED = {
    RemarkKind.DUPLICATE: "figures of an organisation or of those before it, not of both in one period",
    RemarkKind.INCOMPLETE: "figures of every part in the period",
}
_MEND = {
    RemarkKind.DUPLICATE: "Keep those that were in charge in the period.",
    RemarkKind.INCOMPLETE: "Add the missing rows, or correct the memberships.",
}


def _on_uncounted(unadded: pl.DataFrame) -> list[Remark]:
    def message(row: Row) -> str:
        reason = f"published values cannot be added, and counts are missing in {row['uncounted']}"
        return f"{about(row)} is not added up: {reason}"

    return remarks_on(
        unadded,
        RemarkKind.NO_COUNTS,
        message=message,
        field="numerator",
        expected="a numerator, and a denominator where others have one, in every part",
        mend="Add the counts.",
    )
