"""A plan without a care model gets settings that its reader takes, and no settings twice."""

import pytest
from tests.functional.web.conftest import SMALL_PLAN

from placeplan.app.care.beginning import beginning, header_with_settings
from placeplan.app.plan_texts import read_texts
from placeplan.kernel.errors import InputError


def test_settings_stand_at_the_end_of_the_header_and_are_read() -> None:
    header = header_with_settings(SMALL_PLAN, "Older people\n\n  Everybody   else \n")
    assert header.startswith(SMALL_PLAN["plan.yaml"])
    care = read_texts({**SMALL_PLAN, "plan.yaml": header}).header.care
    assert care is not None
    assert [(each.id, each.title) for each in care.segments] == [
        ("older-people", "Older people"),
        ("everybody-else", "Everybody else"),
    ]
    assert str(care.base_year) == "2013-14"


def test_settings_that_are_there_are_left_alone() -> None:
    header = header_with_settings(SMALL_PLAN, "Everybody")
    with pytest.raises(InputError, match="settings already"):
        header_with_settings({**SMALL_PLAN, "plan.yaml": header}, "Everybody")


@pytest.mark.parametrize(
    "segments", ["", "\n \n", "!!!", "A\na", "x" * 300, "\n".join(f"s{number}" for number in range(60))]
)
def test_segments_need_names_of_their_own(segments: str) -> None:
    with pytest.raises(InputError):
        header_with_settings(SMALL_PLAN, segments)


def test_the_page_is_told_which_tables_are_missing() -> None:
    found = beginning(read_texts(SMALL_PLAN))
    assert not found.settings
    assert not any(table.there for table in found.tables)
    assert found.tables[0].section == "care/activity.csv"
    assert "base_year: 2013-14" in found.example
    assert len(found.library) == 8
