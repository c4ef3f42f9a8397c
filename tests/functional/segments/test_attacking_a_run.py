"""An attack on what a run writes: every CSV file together, solved by linear programming for what it withholds.

The attacker has the files of ``placeplan segments run`` on synthetic people, knows the rule and the program, and takes
every table as sums over one unknown table: people by segment, age band, sex and practice. For each number that is
withheld they ask for the least and the most that it can be. Spend is not rounded, so it is attacked by itself.
"""

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array

from placeplan.app.disclosure_rules import rule_named
from placeplan.cli.main import main

RULE = rule_named("hes-2018")
LOW, HIGH = RULE.small
STEP = RULE.rounded_to or 1
ALL = "all"
YEARS = ("2015-16", "2016-17")
BY = ("segment", "age_band", "sex", "practice")
TABLES = {"segment-age-band": BY[:2], "segment-sex": ("segment", "sex"), "sex": ("sex",), "practice": ("practice",)}
WITHHELD = {"primary suppressed", "secondary suppressed"}
HUGE = 1e12


class Told(NamedTuple):
    """A row of a file: which cells it adds up, and the least and the most that the sum can be."""

    cells: np.ndarray
    least: float
    most: float
    kind: str
    name: str


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("attacked")
    made = ("--place", "west-kent", "--people", "15000", "--years", "2", "--out", str(folder / "people"))
    years = itertools.chain.from_iterable(("--year", year) for year in YEARS)
    tables = itertools.chain.from_iterable(("--by", ",".join(by)) for by in list(TABLES.values())[1:])
    asked = ("--scheme", "kent-2017", *years, *tables, "--format", "svg", "--out", str(folder / "results"))
    for arguments in (("synthesise", *made), ("run", str(folder / "people"), *asked)):
        with pytest.raises(SystemExit) as stopped:
            main(["segments", *arguments])
        assert not stopped.value.code
    return folder / "results"


def rows_of(written: Path, name: str, **only: str) -> pl.DataFrame:
    frame = pl.read_csv(written / f"{name}.csv", infer_schema=False)
    for column, value in only.items():
        frame = frame.filter(pl.col(column).eq(value))
    return frame


def universe(written: Path, year: str) -> list[tuple[str, ...]]:
    """Every combination that there could be."""
    labels = []
    for name in BY:
        table = next(table for table, by in TABLES.items() if name in by)
        labels.append(sorted(set(rows_of(written, table, period=year)[name].to_list()) - {ALL}))
    return list(itertools.product(*labels))


def told(written: Path, year: str, *, measure: str = "people") -> Iterator[Told]:
    """What each row of each table of a year tells of the one unknown table."""
    cells = universe(written, year)
    for name, by in TABLES.items():
        for row in rows_of(written, name, period=year).iter_rows(named=True):
            inside = [all(row[one] in {ALL, cell[BY.index(one)]} for one in by) for cell in cells]
            yield Told(np.array(inside), *bounds(row, measure), row["disclosure"], "/".join(row[one] for one in by))
    if measure == "people":
        for row in rows_of(written, "practice-variation", period=year, measure="spend_pence").iter_rows(named=True):
            inside = np.array([cell[BY.index("practice")] == row["practice"] for cell in cells])
            yield Told(inside, *bounds(row, measure), row["disclosure"], row["practice"])


def bounds(row: dict[str, str | None], measure: str) -> tuple[float, float]:
    """What the attacker knows of a number from its sign."""
    if row[measure] is None:
        if measure == "people" and row["disclosure"] == "primary suppressed":
            return LOW, HIGH
        return 0, HUGE
    number = int(str(row[measure]))
    if measure == "people" and row["disclosure"] == "rounded":
        return max(number - STEP / 2, HIGH + 1), number + STEP / 2
    return number, number


def ranges(rows: Sequence[Told], *, scale: float = 1.0) -> Iterator[tuple[Told, float, float]]:
    """The least and the most that each withheld number can be."""
    matrix = csr_array(np.array([row.cells for row in rows], dtype=float))
    least, most = (np.array([getattr(row, end) for row in rows]) / scale for end in ("least", "most"))
    limits = csr_array(np.vstack([matrix.toarray(), -matrix.toarray()]))
    right = np.concatenate([most, -least])
    for row in rows:
        if row.kind in WITHHELD:
            answers = [
                linprog(sign * row.cells.astype(float), A_ub=limits, b_ub=right, bounds=(0, None), method="highs")
                for sign in (1, -1)
            ]
            assert all(answer.status == 0 for answer in answers), (row.name, [answer.message for answer in answers])
            yield row, answers[0].fun * scale, -answers[1].fun * scale


@pytest.mark.parametrize("year", YEARS)
def test_no_number_of_people_can_be_solved(written: Path, year: str) -> None:
    found = list(ranges(list(told(written, year))))
    assert [row for row, *_ in found if row.kind == "primary suppressed"], "nothing was attacked"
    for row, least, most in found:
        if row.kind == "primary suppressed":
            assert least <= LOW + 1e-6, (row.name, least, most)
            assert most >= HIGH - 1e-6, (row.name, least, most)
        else:
            assert most - least >= RULE.needed_values - 1, (row.name, least, most)


@pytest.mark.parametrize("year", YEARS)
def test_no_spend_that_is_withheld_can_be_solved(written: Path, year: str) -> None:
    """Spend is exact, and the rule has no level for it. Each withheld sum keeps a range wider than a person's cost."""
    rows = list(told(written, year, measure="spend_pence"))
    per_head = max(row.least for row in rows) / 15_000
    found = list(ranges(rows, scale=1e4))
    assert found
    for row, least, most in found:
        assert most - least >= per_head, (row.name, least, most)


def test_the_same_attack_solves_a_table_with_one_number_withheld_in_a_line(written: Path) -> None:
    """Or the tests above would prove nothing."""
    rows = list(told(written, YEARS[0], measure="spend_pence"))
    victim = next(row for row in rows if row.kind == "rounded" and row.name.count("/") == 1 and ALL not in row.name)
    careless = [
        row._replace(least=0, most=HUGE, kind="secondary suppressed") if row.name == victim.name else row
        for row in rows
    ]
    solved = {row.name: (least, most) for row, least, most in ranges(careless, scale=1e4)}
    least, most = solved[victim.name]
    assert most - least < 1e-3 * victim.least + 1
    assert least == pytest.approx(victim.least, rel=1e-4)


def test_moves_between_years_cannot_be_solved(written: Path) -> None:
    """Their totals are numbers of the matrix of each year."""
    rows = rows_of(written, "moves").rows(named=True)
    names = [sorted({row[side] for row in rows} - {ALL}) for side in ("before", "after")]
    cells = list(itertools.product(*names))
    of_moves = [
        Told(
            np.array([row["before"] in {ALL, before} and row["after"] in {ALL, after} for before, after in cells]),
            *bounds(row, "people"), row["disclosure"], f"{row['before']}/{row['after']}",
        )
        for row in rows
    ]  # fmt: skip
    for year, place in zip(YEARS, (0, 1), strict=True):
        for row in rows_of(written, "segment-age-band", period=year, age_band=ALL).iter_rows(named=True):
            if row["segment"] != ALL:
                inside = np.array([cell[place] == row["segment"] for cell in cells])
                of_moves.append(Told(inside, *bounds(row, "people"), row["disclosure"], f"{year}/{row['segment']}"))
    found = list(ranges(of_moves))
    assert [row for row, *_ in found if row.kind == "primary suppressed"]
    for row, least, most in found:
        assert most - least >= RULE.needed_values - 1, (row.name, least, most)


@pytest.mark.parametrize("year", YEARS)
def test_spend_of_a_setting_cannot_be_solved_from_the_spend_of_its_segment(written: Path, year: str) -> None:
    """Settings of a segment add up to its spend in the matrix, and segments to the spend of a setting."""
    rows = rows_of(written, "segment-setting", period=year).rows(named=True)
    cells = [(row["segment"], row["setting"]) for row in rows]
    of_use = [
        Told(np.array([cell == (row["segment"], row["setting"]) for cell in cells]), *bounds(row, "spend_pence"),
             row["disclosure"], f"{row['segment']}/{row['setting']}")
        for row in rows
    ]  # fmt: skip
    for row in rows_of(written, "segment-age-band", period=year, age_band=ALL).iter_rows(named=True):
        inside = np.array([row["segment"] in {ALL, segment} for segment, _ in cells])
        of_use.append(Told(inside, *bounds(row, "spend_pence"), row["disclosure"], row["segment"]))
    for setting, linked in rows_of(written, "coverage", period=year).select("what", "linked").rows():
        if setting.startswith("spend_pence: "):
            inside = np.array([one == setting.removeprefix("spend_pence: ") for _, one in cells])
            of_use.append(Told(inside, int(linked), int(linked), "shown", setting))
    for row, least, most in ranges(of_use, scale=1e4):
        assert most - least > 1_00, (row.name, least, most)
