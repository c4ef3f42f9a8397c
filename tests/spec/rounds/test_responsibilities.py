"""Who commissions what in Kent and Medway, from 2013 to 2026."""

import shutil
from datetime import date

import pytest

from placeplan.kernel.errors import InputError
from placeplan.kernel.organisations import Accountable
from placeplan.rounds.organisations_reader import read_organisations, read_organisations_folder
from placeplan.rounds.values_reading import VALUES

# service                  | area            | on         | commissioner, or nobody
COMMISSIONERS = """
health-visiting            | kent            | 2014-04-01 | kent-and-medway-area-team
health-visiting            | kent            | 2015-09-30 | kent-and-medway-area-team
health-visiting            | kent            | 2015-10-01 | kent-county-council
health-visiting            | medway-unitary  | 2015-10-01 | medway-council
health-visiting            | swale           | 2026-11-22 | kent-county-council
health-visiting            | kent-and-medway | 2015-10-01 |
school-nursing             | thanet          | 2014-04-01 | kent-county-council
immunisation               | kent            | 2014-04-01 | kent-and-medway-area-team
immunisation               | kent            | 2026-03-31 | nhs-england
immunisation               | kent            | 2026-04-01 | kent-and-medway-icb
primary-medical-care       | west-kent       | 2014-04-01 | kent-and-medway-area-team
primary-medical-care       | west-kent       | 2018-04-01 | west-kent-ccg
primary-medical-care       | west-kent       | 2021-04-01 | kent-and-medway-ccg
primary-medical-care       | west-kent       | 2022-07-01 | kent-and-medway-icb
primary-dental             | medway          | 2023-03-31 | nhs-england
primary-dental             | medway          | 2023-04-01 | kent-and-medway-icb
specialised-delegated      | kent-and-medway | 2014-04-01 | surrey-and-sussex-area-team
specialised-delegated      | kent-and-medway | 2025-03-31 | nhs-england
specialised-delegated      | kent-and-medway | 2025-04-01 | kent-and-medway-icb
specialised-retained       | kent-and-medway | 2026-11-22 | nhs-england
health-and-justice         | surrey          | 2014-04-01 | kent-and-medway-area-team
health-and-justice         | kent            | 2026-11-22 | nhs-england
armed-forces               | kent            | 2014-04-01 | bath-area-team
armed-forces               | kent            | 2020-04-01 |
hospital                   | ashford         | 2014-04-01 | ashford-ccg
hospital                   | ashford         | 2022-06-30 | kent-and-medway-ccg
hospital                   | ashford         | 2022-07-01 | kent-and-medway-icb
"""


def rows(table):
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("service", "area", "day", "commissioner"), rows(COMMISSIONERS))
def test_who_commissions_a_service_in_an_area_on_a_day(service, area, day, commissioner):
    found = read_organisations().commissioner(service, area, day=date.fromisoformat(day))
    assert (found.organisation.id if isinstance(found, Accountable) else "") == commissioner


def test_after_october_2015_kent_and_medway_together_have_no_single_commissioner_of_health_visiting():
    found = read_organisations().commissioner("health-visiting", "kent-and-medway", day=date(2015, 10, 1))
    assert "Kent County Council for Kent; Medway Council for Medway" in found.reason


def test_eight_groups_become_one_and_then_a_board():
    graph = read_organisations()
    groups = [one.id for one in graph.organisations if one.id.endswith("-ccg") and one.id != "kent-and-medway-ccg"]
    assert len(groups) == 8
    assert {graph.successors(group, date(2020, 3, 31)) for group in groups} == {(group,) for group in groups}
    assert {graph.successors(group, date(2020, 4, 1)) for group in groups} == {("kent-and-medway-ccg",)}
    assert {graph.successors(group, date(2022, 7, 1)) for group in groups} == {("kent-and-medway-icb",)}


def test_swale_sits_in_the_county_and_in_two_planning_footprints():
    footprints = read_organisations().footprints_of("swale", date(2016, 3, 16))
    assert {"kent", "north-west-kent", "medway-and-swale", "kent-and-medway"} <= set(footprints)
    assert "medway-and-swale" not in read_organisations().footprints_of("swale", date(2014, 4, 1))


def test_what_was_not_read_is_marked():
    graph = read_organisations()
    assert not graph["swale-ccg"].source.confirmed
    assert graph["kent-and-medway-icb"].source.confirmed
    vaccination = graph.commissioner("immunisation", "kent", day=date(2026, 4, 1))
    assert not vaccination.responsibility.source.confirmed


@pytest.fixture
def folder(tmp_path):
    for file in ("organisations.yaml", "responsibilities.yaml"):
        shutil.copy(VALUES / file, tmp_path / file)
    return tmp_path


def broken(folder, file, before, after):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_organisations_folder(folder)
    return caught.value.problems


def test_two_commissioners_at_once_are_refused_at_the_line_of_the_later_one(folder):
    found = broken(folder, "responsibilities.yaml", "until: 2015-09-30", "until: 2015-10-01")
    told = {problem.message.split(":")[0]: problem.location for problem in found}
    where = told["'health-visiting' in Kent has two accountable commissioners at once"]
    later = (folder / where.file.rsplit("/", 1)[-1]).read_text(encoding="utf-8").splitlines()[where.line :]
    assert "commissioner: kent-county-council" in later[1]


def test_an_unknown_area_is_refused_at_its_line(folder):
    (found,) = broken(folder, "organisations.yaml", "members: [medway]", "members: [atlantis]")
    assert found.message == "there is no area called 'atlantis'"
    assert found.location.line


def test_both_files_are_read_before_stopping(folder):
    (folder / "organisations.yaml").write_text("areas: []\n", encoding="utf-8")
    found = broken(folder, "responsibilities.yaml", "confidence: confirmed", "confidence: surely")
    assert {problem.location.file for problem in found} == {
        "rounds/organisations.yaml",
        "rounds/responsibilities.yaml",
    }
