"""Memberships and take-overs come from the user's own tables, with every problem at its place."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from placeplan.app.memberships import memberships_by_year, read_groups, read_memberships
from placeplan.indicators.observed.observations import observations_from
from placeplan.indicators.observed.rolling_up import rolled_up
from placeplan.kernel.errors import InputError
from placeplan.kernel.periods import FinancialYear

SPRING = date(2019, 4, 1)


def table(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_memberships_and_take_overs_are_read_into_one_graph(tmp_path: Path) -> None:
    members = table(
        tmp_path,
        "members.csv",
        "member,footprint,since,until,member_name",
        "G82002,U10,2018-04-01,2019-03-31,St James' Surgery",
        "G82002,U11,2019-04-01,,",
    )
    successions = table(tmp_path, "steps.csv", "predecessor,successor,on", "U10,U11,2019-04-01")
    graph = read_memberships(members, successions)
    assert graph["G82002"].name == "St James' Surgery"
    assert graph.footprints_of("G82002", SPRING) == ("U11",)
    assert graph.successors("U10", SPRING) == ("U11",)
    assert graph.memberships[1].source.reference == "members.csv:3"


def test_every_problem_is_told_at_its_place(tmp_path: Path) -> None:
    members = table(tmp_path, "a.csv", "member,footprint,since", "G1,,2018-04-01", "G2,U1,April")
    headings = table(tmp_path, "b.csv", "member,fotprint", "G1,U1")
    successions = table(tmp_path, "c.csv", "predecessor,successor,on", "U1,U2,", "U1,U2,2019-13-01")
    empty = table(tmp_path, "d.csv", "")
    with pytest.raises(InputError) as raised:
        read_memberships(members, headings, successions, empty)
    told = [str(problem) for problem in raised.value.problems]
    for found, expected in zip(
        told,
        [
            "a.csv:2:2 (footprint): this cell is blank. Expected a code.",
            "a.csv:3:3 (since): 'April' is not a day. Expected a day such as 2020-04-01.",
            "b.csv:1: the headings say neither memberships nor take-overs alone. Expected either member, footprint or",
            "b.csv:1:2 (fotprint): there is no column 'fotprint'. Expected one of member, footprint, since, until,",
            "c.csv:2:3 (on): this cell is blank. Expected a day such as 2020-04-01.",
            "c.csv:3:3 (on): '2019-13-01' is not a day. Expected a day such as 2020-04-01.",
            "d.csv: this file is empty. Expected a line of headings and rows of data.",
        ],
        strict=True,
    ):
        assert found.startswith(expected)
    assert told[3].endswith("Did you mean 'footprint'?")


def test_rows_that_cannot_be_true_are_told_at_their_place(tmp_path: Path) -> None:
    members = table(tmp_path, "a.csv", "member,footprint,since,until", "G1,U1,2019-04-01,2018-04-01")
    with pytest.raises(InputError, match=r"a\.csv:2: this ends on 2018-04-01 before it starts on 2019-04-01"):
        read_memberships(members)
    successions = table(tmp_path, "b.csv", "predecessor,successor,on", "A,B,2019-04-01", "B,A,2020-04-01")
    with pytest.raises(InputError, match=r"b\.csv:3: 'B' and 'A' lead round in a circle"):
        read_memberships(successions)


def test_each_member_is_in_one_group(tmp_path: Path) -> None:
    members = table(tmp_path, "a.csv", "member,footprint", "G1,U1", "G2,U1", "G3,U2", "G1,U1")
    assert read_groups(members) == {"G1": "U1", "G2": "U1", "G3": "U2"}
    moved = table(tmp_path, "b.csv", "member,footprint,since", "G1,U1,", "G1,U2,2020-04-01")
    with pytest.raises(InputError, match=r"b\.csv:3 \(footprint\): 'G1' is in 'U2' here and in 'U1' above"):
        read_groups(moved)


def test_years_that_follow_each_other_are_one_span() -> None:
    years = ("2018/2019", "2019/2020", "2021/2022")
    frame = pl.DataFrame({"year": years, "member": ["G1"] * 3, "footprint": ["U1"] * 3, "member_name": ["One"] * 3})
    nowhere = pl.DataFrame({"year": ["2020/2021"], "member": ["G1"], "footprint": [None], "member_name": ["One"]})
    graph = memberships_by_year(pl.concat([frame, nowhere]), source="practices.csv")
    assert [(link.since, link.until) for link in graph.memberships] == [
        (date(2018, 4, 1), date(2020, 3, 31)),
        (date(2021, 4, 1), date(2022, 3, 31)),
    ]
    assert (graph["G1"].name, graph["U1"].name) == ("One", "U1")


def test_a_year_that_is_none_is_told() -> None:
    frame = pl.DataFrame({"year": ["2018"], "member": ["G1"], "footprint": ["U1"]})
    with pytest.raises(InputError, match=r"practices\.csv \(year\): '2018' is not a year"):
        memberships_by_year(frame, source="practices.csv")


def test_practices_are_added_up_to_networks_and_boards_year_by_year(shared_data: Path) -> None:
    file = "practice_pcn_ccg_icb_by_year.csv"
    table = pl.read_csv(shared_data / "practices" / file)
    kent = table.filter(icb_ods_code="QKS")
    codes = ("practice_code", "pcn_ods_code", "sub_icb_ods_code", "icb_ods_code")
    levels = [kent.select("year", member=low, footprint=high) for low, high in pairwise(codes)]
    graph = memberships_by_year(pl.concat(levels).unique(), source=file)
    years = {text: FinancialYear.parse(text) for text in kent["year"].unique().to_list()}
    rows = kent.select(
        pl.lit("practices").alias("measure"),
        pl.col("year").replace_strict(years, return_dtype=pl.String).alias("period"),
        pl.col("year").replace_strict({text: year.first_day for text, year in years.items()}).alias("starts"),
        pl.col("year").replace_strict({text: year.last_day for text, year in years.items()}).alias("ends"),
        pl.lit("financial-year").alias("frequency"),
        pl.lit(1.0).alias("numerator"),
        area="practice_code",
    )
    networks = kent["pcn_ods_code"].unique().to_list()
    found = rolled_up(observations_from(rows), graph, on=date(2024, 4, 1), to=[*networks, "91Q", "QKS"])
    assert found.remarks == ()
    counted = {
        (area, year): count
        for area, year, count in found.observations.frame.select("area", "period", "numerator").iter_rows()
    }
    for text, year in years.items():
        of_year = kent.filter(year=text)
        assert counted["QKS", str(year)] == counted["91Q", str(year)] == of_year.height
        assert sum(counted.get((network, str(year)), 0) for network in networks) == of_year.height
