"""Governance: who reports to whom on a day, as a map with its lines behind it, and every group with its terms."""

from collections.abc import Iterator, Sequence
from datetime import date

from placeplan.assurance.governed import governance_of
from placeplan.plan.governance_tables import Group, GroupKind, LineKind, ReportingLine
from placeplan.registers.governance import Governance, Life, Placed, outline
from placeplan.reports.document import Block, Cell, Chart, Note, Section, Table, Text, Tone, day_words
from placeplan.reports.pictures.governance_map import GovernanceMap, MapBox, governance_maps
from placeplan.reports.tabulating import Field, plain, source_cell, tabulate
from placeplan.reports.types import PlanResults

KINDS = {
    GroupKind.BOARD: "board",
    GroupKind.GROUP: "group",
    GroupKind.FIXED_LIFE: "group with a fixed life",
    GroupKind.NETWORK: "network",
}
TITLE = "Who reports to whom"
NOT_NOW = (Life.EXPIRED, Life.NOT_BEGUN)


def governance(results: PlanResults) -> Section:
    """The groups of a plan on the day on which it is judged."""
    return governance_section(governance_of(results.case))


def governance_section(found: Governance) -> Section:
    """Groups as they stand on a day: the map, what ends, and the list."""
    if not found.groups:
        return Section("governance", TITLE)
    blocks: list[Block] = [*_maps(found), *_notes(found), _groups(found)]
    return Section("governance", TITLE, tuple(blocks))


def _maps(found: Governance) -> Iterator[Chart]:
    placed = outline(found)
    maps = governance_maps(_boxes(found, placed))
    for number, drawn in enumerate(maps, start=1):
        part = f", part {number} of {len(maps)}" if len(maps) > 1 else ""
        yield Chart(
            id="governance-map" if number == 1 else f"governance-map-{number}",
            title=f"{TITLE} on {day_words(found.day)}{part}",
            picture=drawn,
            note="A body that cannot formally report to another reports into it. What has expired stands in soft ink.",
            says=_says(found, placed, drawn=drawn),
            data=_lines(found, _of_map(found, placed, drawn=drawn), number=number),
            narrow=True,
        )


def _boxes(found: Governance, placed: Sequence[Placed]) -> list[MapBox]:
    places = {each.group.group: number for number, each in enumerate(placed)}
    return [
        MapBox(
            title=each.group.title,
            words=tuple(_box_words(found, each)),
            depth=each.depth,
            parent=places[each.by.to] if each.by else None,
            dashed=each.by is not None and each.by.line is LineKind.REPORTS_INTO,
            faded=found.lives[each.group.group] in NOT_NOW,
            board=each.group.kind is GroupKind.BOARD,
        )
        for each in placed
    ]


def _box_words(found: Governance, placed: Placed) -> Iterator[str]:
    life = _life(found, placed.group)
    yield f"{KINDS[placed.group.kind]}{f', {life}' if life else ''}"
    if placed.by is not None and placed.by.line is LineKind.REPORTS_INTO:
        yield f"reports into {found.title(placed.by.to)}, not formally"
    for line in placed.others:
        yield f"also {_how(line)} {found.title(line.to)}"
    yield from (f"{_how(line)} {line.to}, which nobody knows" for line in found.to_nobody if _is(line, placed))
    if not placed.depth and placed.group in found.alone:
        yield "outside every line"


def _is(line: ReportingLine, placed: Placed) -> bool:
    return line.group == placed.group.group


def _how(line: ReportingLine) -> str:
    return line.line.replace("-", " ")


def _life(found: Governance, group: Group) -> str:
    """Where a group stands in its life, in words; nothing while it simply goes on."""
    life = found.lives[group.group]
    if group.ends is not None and life is not Life.NOT_BEGUN:
        return f"{'ended' if life is Life.EXPIRED else 'ends'} {day_words(group.ends)}"
    if group.starts is not None and life is Life.NOT_BEGUN:
        return f"from {day_words(group.starts)}"
    return "no last day" if group.kind is GroupKind.FIXED_LIFE else ""


def _of_map(found: Governance, placed: Sequence[Placed], *, drawn: GovernanceMap) -> tuple[ReportingLine, ...]:
    """The lines that begin at a group of one map."""
    there = {each.group.group for each in placed[drawn.first : drawn.first + len(drawn.boxes)]}
    return tuple(line for line in found.lines if line.group in there)


def _says(found: Governance, placed: Sequence[Placed], *, drawn: GovernanceMap) -> str:
    lines = _of_map(found, placed, drawn=drawn)
    told = "; ".join(f"{found.title(line.group)} {_how(line)} {found.title(line.to)}" for line in lines)
    heads = ", ".join(group.title for group in found.roots)
    return f"{f'At the head: {heads}. ' if heads and not drawn.first else ''}{told or 'No group reports to another'}."


def _lines(found: Governance, lines: Sequence[ReportingLine], *, number: int) -> Table:
    fields: tuple[Field[ReportingLine], ...] = (
        Field("Group", lambda row: plain(found.title(row.group))),
        Field("How", lambda row: plain(_how(row))),
        Field("To", lambda row: plain(found.title(row.to), Tone.PLAIN if row.to in found.groups else Tone.BAD)),
        Field("From", lambda row: _day(row.starts)),
        Field("Until", lambda row: _day(row.ends)),
        Field("Source", source_cell),
    )
    name = "governance-lines" if number == 1 else f"governance-lines-{number}"
    return tabulate(name, "Lines of reporting in force", rows=lines, fields=fields)


def _day(day: date | None) -> Cell:
    return plain(day_words(day) if day else None)


def _notes(found: Governance) -> Iterator[Note]:
    """What ends, what has ended, and the groups that nobody reports to though they are boards."""
    soon, gone = found.of_life(Life.ENDS_SOON), found.of_life(Life.EXPIRED)
    if soon:
        yield Note("Ends soon", (Text(_named(found, soon)),), Tone.NEAR)
    if gone:
        yield Note("Ended", (Text(_named(found, gone)),), Tone.QUIET)
    silent = [group.title for group in found.unreported if group.kind is GroupKind.BOARD]
    if silent:
        yield Note("Boards that nobody reports to", (Text(f"{', '.join(silent)}."),), Tone.QUIET)


def _named(found: Governance, groups: Sequence[Group]) -> str:
    return f"{'; '.join(f'{group.title} {_life(found, group)}' for group in groups)}."


def _groups(found: Governance) -> Table:
    fields: tuple[Field[Group], ...] = (
        Field("Group", lambda row: Cell((Text(row.title, strong=True),)), wide=True),
        Field("What it is", lambda row: plain(KINDS[row.kind])),
        Field("Chair", lambda row: plain(row.chair)),
        Field("What it is for", lambda row: plain(row.role), wide=True),
        Field("Members", lambda row: plain(row.members), wide=True),
        Field("First day", lambda row: _day(row.starts)),
        Field("Last day", lambda row: _last_day(found, row)),
        Field("Source", source_cell),
    )
    caption = f"Boards and groups on {day_words(found.day)}"
    return tabulate("governance-groups", caption, rows=found.groups.values(), fields=fields)


def _last_day(found: Governance, group: Group) -> Cell:
    life = found.lives[group.group]
    if group.ends is not None:
        tone = {Life.EXPIRED: Tone.QUIET, Life.ENDS_SOON: Tone.NEAR}.get(life, Tone.PLAIN)
        return plain(f"{day_words(group.ends)}{f' ({life})' if life in (Life.EXPIRED, Life.ENDS_SOON) else ''}", tone)
    return plain("not said", Tone.BAD) if group.kind is GroupKind.FIXED_LIFE else Cell()
