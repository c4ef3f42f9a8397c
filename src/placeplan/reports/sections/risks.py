"""Risks: a map of likelihood against impact when they are scored, and the list of them always."""

from placeplan.plan.tables import Risk
from placeplan.reports.document import Block, Cell, Column, Note, Row, Section, Table, Text, Tone, day_words
from placeplan.reports.tabulating import Field, plain, source_cell, tabulate
from placeplan.reports.types import PlanResults

LIKELIHOODS = {5: "5 almost certain", 4: "4 likely", 3: "3 possible", 2: "2 unlikely", 1: "1 rare"}
IMPACTS = {1: "1 negligible", 2: "2 minor", 3: "3 moderate", 4: "4 major", 5: "5 catastrophic"}
L, M, H, X = Tone.LOW, Tone.MODERATE, Tone.HIGH, Tone.EXTREME
# The NHS risk matrix (National Patient Safety Agency, 2008): rows are likelihood 1 to 5, columns impact 1 to 5.
GRADES = ((L, L, L, M, M), (L, M, M, H, H), (L, M, H, H, X), (M, H, H, X, X), (M, H, X, X, X))


def risks(results: PlanResults) -> Section:
    """Map and list."""
    rows = results.plan.risks
    if not rows:
        return Section("risks", "Risks")
    scored = [row for row in rows if row.likelihood and row.impact]
    blocks: list[Block] = []
    if scored:
        blocks.append(_map(scored))
    if len(scored) < len(rows):
        blocks.append(_unscored(len(rows), len(scored)))
    blocks.append(_list(rows))
    return Section("risks", "Risks", tuple(blocks))


def _unscored(total: int, scored: int) -> Note:
    if not scored:
        return Note(
            "Not scored",
            (Text(f"None of the {total} risks has a likelihood and an impact, so no heat map can be drawn."),),
            Tone.NEAR,
        )
    return Note(
        "Partly scored",
        (Text(f"{scored} of {total} risks have a likelihood and an impact; the others are not on the map."),),
        Tone.NEAR,
    )


def _map(rows: list[Risk]) -> Table:
    return Table(
        id="risk-map",
        caption="Risks by likelihood (down) and impact (across)",
        columns=(Column("Likelihood"), *(Column(f"Impact {name}") for name in IMPACTS.values())),
        rows=tuple(
            Row((plain(name), *(_square(rows, likelihood=likelihood, impact=impact) for impact in IMPACTS)))
            for likelihood, name in LIKELIHOODS.items()
        ),
    )


def _square(rows: list[Risk], *, likelihood: int, impact: int) -> Cell:
    tone = GRADES[likelihood - 1][impact - 1]
    names = [row.risk for row in rows if (row.likelihood, row.impact) == (likelihood, impact)]
    return plain(f"{tone.capitalize()}: {', '.join(names)}" if names else tone.capitalize(), tone)


def grade(risk: Risk) -> Cell:
    """How grave a risk is by its likelihood and impact, in words."""
    if risk.likelihood is None or risk.impact is None:
        return plain("not scored", Tone.NEAR)
    tone = GRADES[risk.likelihood - 1][risk.impact - 1]
    return plain(f"{tone.capitalize()} ({risk.likelihood} by {risk.impact})", tone)


def _list(rows: tuple[Risk, ...]) -> Table:
    fields: tuple[Field[Risk], ...] = (
        Field("Risk", lambda row: Cell((Text(row.risk, strong=True), Text(f" {row.title}"))), wide=True),
        Field("Part of the plan", lambda row: plain(row.area)),
        Field(
            "Mitigation",
            lambda row: plain(row.mitigation) if row.mitigation else plain("none given", Tone.BAD),
            wide=True,
        ),
        Field("Grade", grade),
        Field("Target score", lambda row: plain(str(row.target_score) if row.target_score else None), numeric=True),
        Field("Owner", lambda row: plain(row.owner) if row.owner else plain("not named", Tone.NEAR)),
        Field("Next review", lambda row: plain(day_words(row.review)) if row.review else plain("no date", Tone.NEAR)),
        Field("Source", source_cell),
    )
    return tabulate("risk-list", "Risks to the plan", rows=rows, fields=fields)
