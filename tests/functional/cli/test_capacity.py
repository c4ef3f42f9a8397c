"""Capacity on the command line: beds, staff, levels, clusters from small tables, and what answers bad input."""

import json
from pathlib import Path

import pytest

from placeplan.cli.main import main

CLEAN, FINDINGS, UNREADABLE = 0, 1, 2
BEDS = """\
site,year,bed_days,admissions,length_of_stay,beds,home_share,status
Hawkhurst,2016-17,6500,,,22,,synthetic
Hawkhurst,2017-18,,330,20.5,22,0.05,synthetic
Tonbridge,2016-17,3000,,,14,,synthetic
Tonbridge,2017-18,3100,,,22,,synthetic
"""
STAFF = """\
area,role,contacts,minutes,travel_minutes,working_time,contact_hours,in_post,vacancies,participation
Weald,Community nurse,25000,30,12,agenda-for-change-home,,12,1.5,0.8
Weald,Pharmacist,6000,25,,,1200,3,,0.8
"""
AREAS = "area,people\nWeald,55000\nMalling,82500\n"
LEVELS = "level,unit,people\ncluster,Weald,120000\ncluster,Malling,82500\nplace,West Kent,484460\n"
OVERRIDES = "service,level,reason\nfrailty-assessment,cluster,A pilot to March 2018\n"
CLUSTERS = """\
practice,cluster,first_day,last_day
G1,Weald,,
G2,Weald,,2017-05-31
G2,Malling,2017-06-01,
G3,Malling,,
"""
ROOMS = """\
site,room_type,contacts,minutes,rooms,utilisation
Sevenoaks,Consulting,21000,20,14,
Sevenoaks,Treatment,10500,30,2,0.75
Sevenoaks,Group,0,90,0,
"""
AGES = """\
group,band,band_years,people,retiring,leaving,recruited,participation
Nurses,Under 55,30,90,0,0.1,3,0.5
Nurses,55 and over,10,10,0.2,0,0,0.5
"""
DELAYS = """\
series,period,count,per_cent
Trust,2014/15,1327,18.8
Trust,2015/16,114,1.4
Social care,2014/15,1030,398
Social care,2015/16,4884,379
"""
PRACTICES = "practice,people,easting,northing\nG1,46000,0,0\nG2,20000,1000,0\nG3,35000,3000,500\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a table for each command, in which commands run."""
    for name, text in {
        "beds": BEDS, "staff": STAFF, "areas": AREAS, "levels": LEVELS, "overrides": OVERRIDES,
        "clusters": CLUSTERS, "practices": PRACTICES, "delays": DELAYS, "rooms": ROOMS, "ages": AGES,
    }.items():  # fmt: skip
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], words: str) -> tuple[int, str, str]:
    """The exit code and what was printed."""
    with pytest.raises(SystemExit) as stopped:
        main(["capacity", *words.split()])
    printed = capsys.readouterr()
    assert "Traceback" not in printed.out + printed.err
    assert "fault of Placeplan" not in printed.err
    return int(stopped.value.code or 0), printed.out, printed.err


def test_beds_needed_and_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "beds beds.csv")
    assert code == FINDINGS
    assert "[SYNTHETIC] [UNCONFIRMED STANDARD]" in out
    rows = [line.split() for line in out.splitlines()]
    assert ["Hawkhurst", "2016-17", "17.8", "21.0", "23", "22", "+1.0", "6.2%"] in rows
    assert "! Hawkhurst: up to 6.2% of arrivals find no bed free in every year; the limit is 5%." in out
    code, out, _ = run(capsys, "beds beds.csv --occupancy 0.8 --not-free 0.1")
    assert code == FINDINGS
    assert "UNCONFIRMED" not in out
    assert "! Hawkhurst: too few beds in every year at the target occupancy; 0.3 too few at most." in out


def test_beds_that_are_enough_end_clean(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "beds beds.csv --not-free 0.1")[0] == CLEAN


def test_beds_for_machines_and_as_pictures(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "beds beds.csv --format json --out pictures --pictures svg,png")
    told = json.loads(out)
    assert told["marks"] == ["Synthetic", "Unconfirmed standard"]
    first = told["sites"][0]
    assert first["needed"] == pytest.approx(6500 / 365 / 0.85)
    assert (first["needed_by_queueing"], first["there"]) == (23, 22)
    at_home = told["sites"][1]
    assert at_home["bed_days"] + at_home["bed_days_at_home"] == pytest.approx(330 * 20.5)
    assert [year["there"] for year in told["all_sites"]] == [36, 44]
    # 26.0 beds in use on average: Erlang-B is 5.3% with 31 of them and 4.2% with 32.
    assert [year["needed_by_queueing_pooled"] for year in told["all_sites"]] == [32, 32]
    assert [year["needed_by_queueing"] for year in told["all_sites"]] == [36, 36]
    names = {path.name for path in (folder / "pictures").iterdir()}
    assert names >= {"index.html", "beds-needed-and-there.svg", "beds-needed-and-there.png"}


def test_staff_needed_and_in_post(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "workforce staff.csv --out pictures")
    assert code == FINDINGS
    assert "! Community nurse: 2.8 whole-time equivalents short, 1.3 of them without a post." in out
    assert "[UNCONFIRMED WORKING TIME]" in out
    _, out, _ = run(capsys, "workforce staff.csv --format json")
    pharmacist = json.loads(out)["staff"][1]
    assert pharmacist["needed"] == pytest.approx(6000 * 25 / 60 / 1200)
    assert pharmacist["people_needed"] == pytest.approx(pharmacist["needed"] / 0.8)


def test_a_module_for_each_area(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "workforce areas.csv --module local-care-team")
    assert code == FINDINGS
    assert "[UNCONFIRMED MODULE]" in out
    assert "SYNTHETIC contacts and minutes" in out
    assert "! Weald: 55,000 people are too many for 1 teams of the module's size and too few for 2." in out
    _, out, _ = run(capsys, "workforce areas.csv --module local-care-team --format json")
    malling = json.loads(out)["areas"][1]
    assert (malling["fewest_modules"], malling["most_modules"]) == (2, 2)
    nurse = next(role for role in malling["roles"] if role["role"] == "community-nurse")
    assert nurse["low"] * 50_000 == pytest.approx(nurse["high"] * 30_000)


def test_staff_in_later_years(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "leavers ages.csv --years 1")
    assert code == FINDINGS
    assert "Nurses: 100 people become 92 (50.0 to 46.0 WTE); 2 retire, 9 leave, 3 join and 0 return." in out
    assert "! Nurses: 4.0 whole-time equivalents fewer at the end." in out
    _, out, _ = run(capsys, "leavers ages.csv --years 1 --format json")
    nurses = json.loads(out)["groups"][0]
    # 81 stay, of whom one in thirty grows older; 3 join.
    assert nurses["people"][1] == pytest.approx([81 - 2.7 + 3, 8 + 2.7])
    assert nurses["retired"] == [2]


def test_rooms_needed_and_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "rooms rooms.csv")
    assert code == FINDINGS
    # 10,500 contacts of 30 minutes are 1,500 sessions; a room has 500, of which 375 should be used.
    assert "! Sevenoaks, Treatment: 2 too few; contacts would fill 150% of all sessions." in out
    assert "[UNCONFIRMED STANDARD]" in out
    _, out, _ = run(capsys, "rooms rooms.csv --format json")
    consulting, treatment, group = json.loads(out)["rooms"]
    assert (consulting["sessions"], consulting["needed"], consulting["gap"]) == (2000, pytest.approx(20 / 3), 7)
    assert (treatment["needed"], treatment["gap"]) == (4, -2)
    assert (group["needed"], group["used"]) == (0, None)


def test_services_at_their_level(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "placement")
    assert code == CLEAN
    assert "Place-wide: Community beds, Integrated urgent care." in out
    code, out, _ = run(capsys, "placement levels.csv --overrides overrides.csv --format json")
    assert code == FINDINGS
    told = {one["service"]: one for one in json.loads(out)["services"]}
    frailty = told["frailty-assessment"]
    assert (frailty["level"], frailty["lowest_level"]) == ("cluster", "hub")
    assert frailty["decided"] == "A pilot to March 2018"
    assert "the smallest of 2 serves 82,500" in frailty["accepted"][0]["words"]


def test_clusters_on_a_day(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "clusters clusters.csv practices.csv --on 2017-06-01")
    assert code == CLEAN
    assert "Malling          2  55,000     27,500       yes           yes" in out
    code, out, _ = run(capsys, "clusters clusters.csv practices.csv --on 2017-05-31 --format json")
    assert code == FINDINGS
    told = json.loads(out)
    assert told["findings"] == ["Malling: 35,000 people are fewer than 46,000."]
    assert [one["people"] for one in told["clusters"]] == [35_000, 66_000]


def test_a_cluster_in_two_pieces(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "clusters.csv").write_text("practice,cluster\nG1,Weald\nG2,Malling\nG3,Weald\n", encoding="utf-8")
    code, out, _ = run(capsys, "clusters clusters.csv practices.csv --on 2017-06-01 --smallest 0")
    assert code == FINDINGS
    assert "! Weald is in 2 pieces; apart from the largest lie G3." in out


def test_printed_growth_and_what_it_grew_from(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """West Kent Local Care Plan 2017, section 5.6."""
    code, out, _ = run(capsys, "delays delays.csv")
    assert code == CLEAN
    assert "Social care: 6,173 days after 2015/16, 16.9 beds on average." in out
    _, out, _ = run(capsys, "delays delays.csv --format json")
    trust = json.loads(out)["series"][0]
    assert trust["levels"][0] == {"low": 7040, "high": 7077}
    (folder / "delays.csv").write_text(DELAYS.replace("379", "300"), encoding="utf-8")
    code, out, _ = run(capsys, "delays delays.csv")
    assert code == FINDINGS
    assert "! Social care, 2015/16: +4,884 at 300% is a change of 1,626 to 1,630;" in out


def test_a_ward_by_formula_and_patient_by_patient(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "ward --beds 22 --arrivals 0.95 --stay 20 --days 2000 --format json")
    assert code == CLEAN
    told = json.loads(out)
    assert told["offered_load"] == 19
    assert told["by_formula"]["not_free"] == pytest.approx(0.0853, abs=1e-4)
    seen = told["simulated"]["not_free"]
    assert seen["lower"] < seen["mean"] < seen["upper"]
    assert seen["mean"] == pytest.approx(told["by_formula"]["not_free"], abs=0.02)
    _, out, _ = run(capsys, "ward --beds 22 --arrivals 0.95 --stay 20 --deviation 9 --when-full queue --days 500")
    assert "Mean wait, days" in out
    assert [line.split()[3] for line in out.splitlines() if "No bed free" in line] == ["none"]


def test_an_uneven_week_has_no_formula(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    even = "ward --beds 12 --arrivals 3 --stay 2.5 --days 2000 --format json"
    _, out, _ = run(capsys, even)
    plain = json.loads(out)["simulated"]["not_free"]["mean"]
    code, out, _ = run(capsys, f"{even} --by-day 2,2,1,1,1,0,0")
    assert code == CLEAN
    told = json.loads(out)
    assert told["by_formula"] == {}
    assert told["simulated"]["not_free"]["mean"] > 1.5 * plain


def test_standards_say_where_they_are_from(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "standards")
    assert code == CLEAN
    assert "Bagust, Place and Posnett" in out
    _, out, _ = run(capsys, "standards --format json")
    told = {one["id"]: one for one in json.loads(out)["standards"]}
    assert told["new-practice-list"]["value"] == 8000
    assert told["bed-not-free"]["confidence"] == "unconfirmed"


def test_the_example_tables_can_be_read_and_say_that_they_are_made_up(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "example made-up")
    assert code == CLEAN
    assert out.startswith("SYNTHETIC: wrote areas.csv, beds.csv")
    _, beds, _ = run(capsys, "beds made-up/beds.csv --format json")
    assert [year["there"] for year in json.loads(beds)["all_sites"]] == [68, 76, 68, 68, 68]
    _, clusters, _ = run(capsys, "clusters made-up/clusters.csv made-up/practices.csv --on 2017-06-01")
    assert "484,460 people in clusters of 69,209 on average; every practice is in one." in clusters
    _, moved, _ = run(capsys, "clusters made-up/clusters.csv made-up/practices.csv --on 2017-03-31")
    assert "! Tonbridge is in 2 pieces; apart from the largest lie P24." in moved
    for command in (
        "workforce made-up/staff.csv",
        "rooms made-up/rooms.csv",
        "leavers made-up/staff-ages.csv",
        "workforce made-up/areas.csv --module local-care-team",
        "placement made-up/levels.csv --overrides made-up/overrides.csv",
    ):
        code, out, _ = run(capsys, command)
        assert code in {CLEAN, FINDINGS}
        assert "SYNTHETIC" in out


@pytest.mark.parametrize(
    ("command", "name", "old", "new", "told"),
    [
        ("beds beds.csv", "beds", "6500", "-6500", "beds.csv:2:3 (bed_days): '-6500' cannot be read here"),
        ("beds beds.csv", "beds", "6500", "", "beds.csv:2:3 (bed_days): a row gives bed days, or admissions"),
        ("beds beds.csv", "beds", "2016-17,6500", "2016-18,6500", "beds.csv:2:2 (year): '2016-18' cannot be read"),
        ("beds beds.csv", "beds", "home_share", "home_shre", "the column 'home_shre' is not known here"),
        ("beds beds.csv", "beds", "0.05", "5", "beds.csv:3:7 (home_share): '5' cannot be read here"),
        ("beds beds.csv", "beds", "Tonbridge,2017-18", "Tonbridge,2016-17", "Tonbridge, 2016-17 stands here twice"),
        ("beds beds.csv", "beds", "Tonbridge,2017-18", "Tonbridge,2018-19", "'Hawkhurst' has no row for 2018-19"),
        ("beds beds.csv", "beds", "6500", "65000000000", "offered_load: more than 1,000,000 erlangs"),
        ("beds beds.csv", "beds", ",22,,synthetic", ",22.5,,synthetic", "'22.5' cannot be read here"),
        ("workforce staff.csv", "staff", "agenda-for-change-home", "agenda-for-chnge-home", "Did you mean 'agenda-for"),
        ("workforce staff.csv", "staff", ",1200,", ",,", "a row gives a pattern of work, or hours for contacts"),
        ("workforce staff.csv", "staff", ",1200,", ",0,", "staff.csv:3:7 (contact_hours): 0 is not above 0"),
        ("workforce staff.csv", "staff", "25000", "many", "staff.csv:2:3 (contacts): 'many' cannot be read here"),
        ("delays delays.csv", "delays", "1327", "-1327", "2:4 (per_cent): 2014/15: a count of -1,327 and 18.8%"),
        ("delays delays.csv", "delays", "1327", "1327.5", "delays.csv:2:3 (count): 1327.5 is not a whole number"),
        ("rooms rooms.csv", "rooms", "0.75", "0", "rooms.csv:3:6 (utilisation): 0 is no target"),
        ("rooms rooms.csv", "rooms", ",14,", ",-14,", "rooms.csv:2:5 (rooms): '-14' cannot be read here"),
        ("leavers ages.csv", "ages", ",30,", ",0,", "ages.csv:2:3 (band_years): 0 is too little"),
        ("leavers ages.csv", "ages", "0.1", "10", "ages.csv:2:6 (leaving): '10' cannot be read here"),
        ("delays delays.csv", "delays", "18.8", "a lot", "(per_cent): 'a lot' is no printed percentage"),
        ("delays delays.csv", "delays", "114,1.4", "0,0", "no base can be told from a count of 0"),
        ("workforce areas.csv --module team", "areas", "55000", "55000", "there is no module 'team'"),
        ("placement levels.csv", "levels", "place,West", "palce,West", "Did you mean 'place'?"),
        ("placement levels.csv", "levels", "484460", "0", "levels.csv:4:3 (people): a unit serves nobody"),
        ("placement --overrides overrides.csv", "overrides", "cluster,", "clster,", "Did you mean 'cluster'?"),
        ("placement --overrides overrides.csv", "overrides", "A pilot to March 2018", "", "(reason)"),
        ("placement --definitions beds.csv", "beds", "6500", "6500", "beds.csv:1"),
        (
            "clusters clusters.csv practices.csv --on 2017-06-01", "clusters", "2017-05-31", "",
            "clusters.csv:4:2 (cluster): 'G2' is in Malling on days on which it is in Weald (line 3)",
        ),
        (
            "clusters clusters.csv practices.csv --on 2017-06-01", "clusters", "Malling,2017-06-01,",
            "Malling,2017-06-01,2017-05-01", "2017-05-01 is before the first day",
        ),
        (
            "clusters clusters.csv practices.csv --on 2017-06-01", "practices", "G3,35000,3000,500\n", "",
            "clusters.csv:5:1 (practice): 'G3' has no list",
        ),
        (
            "clusters clusters.csv practices.csv --on 2017-06-01", "practices", ",500", ",",
            "a place needs an easting and a northing",
        ),
        ("clusters clusters.csv practices.csv --on 2017-06-01", "clusters", CLUSTERS[36:], "", "there is no row"),
    ],
)  # fmt: skip
def test_bad_input_has_its_place_and_nothing_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str, name: str, old: str, new: str, told: str
) -> None:
    path = folder / f"{name}.csv"
    assert old in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    code, out, err = run(capsys, command)
    assert code == UNREADABLE
    assert told in err
    assert not out


def test_every_problem_is_told_at_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = BEDS.replace("6500", "-1").replace("20.5", "long").replace("3000", "")
    (folder / "beds.csv").write_text(text, encoding="utf-8")
    _, _, err = run(capsys, "beds beds.csv")
    assert [line.split(" ")[0] for line in err.splitlines()[:3]] == ["beds.csv:2:3", "beds.csv:3:5", "beds.csv:4:3"]
    assert "3 problems" in err


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("ward --beds 19 --arrivals 1 --stay 19 --when-full queue", "unstable"),
        ("ward --beds 19 --arrivals 1 --stay 1 --days 1e12", "expected 20,000,000 or fewer"),
        ("clusters clusters.csv practices.csv --on 2017-06-01 --smallest nan", "is no range of people"),
        ("beds beds.csv --occupancy nan", "occupancy: nan"),
        ("ward --beds 2 --arrivals nan --stay 1", "nan is not a finite number"),
        ("ward --beds 2 --arrivals 1 --stay 1 --days inf", "inf is not a finite number"),
        ("ward --beds 2 --arrivals 1 --stay 1 --by-day 1,2", "expected 7 weights, found 2"),
        ("ward --beds 2 --arrivals 1 --stay 1 --by-day much", "is not a list of numbers"),
        ("ward --beds 2 --arrivals 1 --stay 1 --by-day 0,0,0,0,0,0,0", "at least one of them above 0"),
        ("ward --beds 0 --arrivals 1 --stay 1", "--beds"),
        ("beds nothing.csv", "there is no such file"),
        ("beds beds.csv --occupancy 85", "85"),
        ("beds beds.csv --not-free 1", "--not-free"),
        ("workforce areas.csv --module local-care-team --out there", "--out draws staff in post"),
        ("clusters clusters.csv practices.csv", "--on"),
        ("clusters clusters.csv practices.csv --on 2017-06-01 --smallest 9 --largest 8", "--smallest 9 is above"),
    ],
)
def test_what_cannot_be_asked(folder: Path, capsys: pytest.CaptureFixture[str], command: str, told: str) -> None:
    code, _, err = run(capsys, command)
    assert code == UNREADABLE
    assert told in err
