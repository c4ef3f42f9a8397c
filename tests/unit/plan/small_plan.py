"""A small plan whose every part is written out, for unit tests."""

from collections.abc import Mapping
from pathlib import Path

from placeplan.plan.folder import read_plan
from placeplan.plan.model import Plan

HEADER = """\
format: 1
id: vale-2014
title: Operational plan 2014-16
place: The Vale
organisation:
  name: NHS Vale CCG
  type: ccg
round: 2014-15
years: [2014-15, 2015-16]
money: GBP thousand
services:
  - id: primary-care
    name: Primary care
    carry_forward: {2014-15: both}
versions:
  - {version: "1", date: 2014-04-04, author: NHS Vale CCG, note: First}
"""
LINES = """\
service,provider,line,step,recurrent,starts,2014-15,2015-16,reason,source
primary-care,,Outturn,outturn,,,343222,,,page 1
primary-care,,Growth,demographic-growth,yes,2014-07,"1,818",2.70%,,page 1
primary-care,,Savings,efficiency-scheme,no,,"(1,250.50)",-@efficiency.primary-care.2015-16.net,,page 2
primary-care,,Reserve,contingency,,,tbc,,,page 2
"""
NARRATIVE = "# Summary\n\nWe plan.\r\n\nThe end.\n"
SCENARIO = """\
scenario: slow-growth
title: Growth is slower
overrides:
  - {table: finance/lines.csv, row: {line: Growth}, column: 2015-16, value: 1.5%}
"""
FILES = {
    "plan.yaml": HEADER,
    "finance/lines.csv": LINES,
    "narrative/summary.md": NARRATIVE,
    "scenarios/slow-growth.yaml": SCENARIO,
}


def write_files(folder: Path, changes: Mapping[str, str | bytes] = {}) -> Path:
    """Write the plan's files, some of them changed or added."""
    for name, content in {**FILES, **changes}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def small_plan(folder: Path, changes: Mapping[str, str | bytes] = {}) -> Plan:
    """The plan."""
    return read_plan(write_files(folder, changes))
