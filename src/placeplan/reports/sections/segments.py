"""Who needs care: the segment matrix of each scheme and period, with what it rests on."""

from collections.abc import Iterator, Mapping, Sequence

from placeplan.plan.tables import SegmentCell, SegmentStatus
from placeplan.reports.document import Block, Cell, Column, Note, Row, RowKind, Section, Table, Text, Tone
from placeplan.reports.quoting import NOTHING, figure_cell
from placeplan.reports.tabulating import plain
from placeplan.reports.types import PlanResults
from placeplan.segments.plan_figures import PEOPLE, PER_HEAD, SPEND, segment_figure_id

ALL = "all"
EVERYBODY, EVERY_AGE = "Everybody", "All ages"
WITHHELD = "withheld"
CAPTIONS = {PEOPLE: "People", SPEND: "Spend, £", PER_HEAD: "Spend per head, £"}
SYNTHETIC = "The people are made up. These numbers describe no real place or person."


def segments(results: PlanResults) -> Section:
    """A section for each scheme and period."""
    groups: dict[tuple[str, str], list[SegmentCell]] = {}
    for row in results.plan.segments:
        groups.setdefault((row.scheme, row.period), []).append(row)
    sections = tuple(_section(results, name, rows=rows) for name, rows in groups.items())
    return Section("people", "Who needs care", (), sections)


def _section(results: PlanResults, name: tuple[str, str], *, rows: Sequence[SegmentCell]) -> Section:
    scheme, period = name
    tables = (_table(results, rows, measure=measure) for measure in CAPTIONS)
    section_id = f"people-{scheme}-{period}".lower().replace(" ", "-")
    return Section(section_id, f"Scheme {scheme}, {period}", (*_notes(rows), *tables))


def _notes(rows: Sequence[SegmentCell]) -> Iterator[Block]:
    if any(row.status is SegmentStatus.SYNTHETIC for row in rows):
        yield Note("Synthetic", (Text(SYNTHETIC),), Tone.NEAR)
    factors = list(dict.fromkeys(row.people_factor.text for row in rows if row.people_factor))
    spend = any(row.spend_factor for row in rows)
    if factors or spend:
        told = [*(f"People are scaled by {one} to the registered lists." for one in factors)]
        told += ["Spend is scaled to the accounts; the factor stands beside each amount in the table."] * spend
        words = " ".join((*told, "This supposes that those whose records are not linked are like those whose are."))
        yield Note("Scaled", (Text(words),), Tone.NEAR)


def _table(results: PlanResults, rows: Sequence[SegmentCell], *, measure: str) -> Table:
    cells = {(row.segment, row.age_band): row for row in rows}
    titles = {row.segment: row.title for row in rows}
    bands = list(dict.fromkeys(row.age_band for row in rows))
    first = rows[0]
    return Table(
        id=f"people-{first.scheme}-{first.period}-{measure.replace('_', '-')}".lower().replace(" ", "-"),
        caption=f"{CAPTIONS[measure]}, {first.period}",
        columns=(
            Column("Segment", wide=True),
            *(Column(EVERY_AGE if band == ALL else band, numeric=True) for band in bands),
        ),
        rows=tuple(
            Row(
                (
                    plain(EVERYBODY if segment == ALL else title),
                    *(_cell(results, cells.get((segment, band)), measure=measure) for band in bands),
                ),
                RowKind.TOTAL if segment == ALL else RowKind.PLAIN,
            )
            for segment, title in titles.items()
        ),
        notes=tuple((Text(f"Source: {source}."),) for source in _sources(cells)),
    )


def _sources(cells: Mapping[tuple[str, str], SegmentCell]) -> Iterator[str]:
    yield from dict.fromkeys(row.source.rstrip(".") for row in cells.values())


def _cell(results: PlanResults, row: SegmentCell | None, *, measure: str) -> Cell:
    if row is None:
        return plain(NOTHING, Tone.QUIET)
    if row.people is None:
        return plain(WITHHELD, Tone.QUIET)
    return figure_cell(results.figures, segment_figure_id(row, measure))
