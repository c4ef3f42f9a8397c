"""A record that is only added to shows every change."""

import json

import pytest

from placeplan.segments.privacy.chained_log import BrokenChainError, Entry, entries_of, next_entry


def record(count: int) -> tuple[Entry, ...]:
    entries: tuple[Entry, ...] = ()
    for number in range(count):
        entries = (*entries, next_entry(entries, {"who": f"Dr {number}", "why": "naïve – ‘quoted’"}))
    return entries


def text_of(entries: tuple[Entry, ...]) -> str:
    return "".join(f"{entry.line()}\n" for entry in entries)


def test_a_record_reads_back_as_it_was_written() -> None:
    assert entries_of(text_of(record(4))) == record(4)
    assert entries_of("") == ()


def test_changing_taking_out_putting_in_and_moving_entries_is_seen() -> None:
    lines = text_of(record(4)).splitlines(keepends=True)
    forged = json.loads(lines[1]) | {"says": {"who": "somebody else"}}
    for changed in (
        [lines[0], json.dumps(forged) + "\n", *lines[2:]],
        [lines[0], *lines[2:]],
        [lines[0], lines[0], *lines[1:]],
        [lines[0], lines[2], lines[1], lines[3]],
        [*lines[:3], "nonsense\n"],
        [*lines[:3], lines[3].rstrip("\n")],
    ):
        with pytest.raises(BrokenChainError, match="entry"):
            entries_of("".join(changed))


def test_cutting_off_the_end_is_seen_by_who_noted_the_last_entry() -> None:
    entries = record(4)
    cut = text_of(entries[:2])
    assert len(entries_of(cut)) == 2
    with pytest.raises(BrokenChainError, match="cut off"):
        entries_of(cut, last=entries[-1].own)
    assert entries_of(text_of(entries), last=entries[2].own)
