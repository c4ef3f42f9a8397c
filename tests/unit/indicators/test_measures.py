"""What a definition of a measure must say, and when its review is overdue."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from placeplan.indicators.measures import Measure, Measures, Method, overdue

DUE = date(2027, 11, 22)


def _measure(**changes: Any) -> Measure:
    fields: dict[str, Any] = {
        "path": "indicators/example",
        "id": "example",
        "title": "Seen within four hours",
        "why": "Waits tell how well flow works.",
        "sets": ["waits"],
        "numerator": {"words": "Seen in time", "column": "in_time"},
        "denominator": {"words": "All attendances", "column": "attendances"},
        "polarity": "higher-is-better",
        "unit": "per cent",
        "method": "proportion",
        "frequency": "month",
        "sources": [{"publisher": "NHS England", "title": "Attendances"}],
        "counts_people": True,
        "owner": "Performance lead",
        "author": "One",
        "checker": "Another",
        "reference": "The monthly return",
        "confidence": "confirmed",
        "review": {"reviewed": date(2026, 11, 22), "reviewer": "Another", "review_due": DUE},
    }
    return Measure.model_validate({**fields, **changes})


@pytest.mark.parametrize(
    "method", ["proportion", "rate", "mean", "standardised-ratio", "directly-standardised-rate", "life-expectancy"]
)
@pytest.mark.parametrize("missing", ["numerator", "denominator"])
def test_value_over_a_population_names_both_counts(method: str, missing: str) -> None:
    with pytest.raises(ValidationError, match="needs a numerator and a denominator"):
        _measure(method=method, **{missing: None})


def test_count_has_a_numerator_and_nothing_below_it() -> None:
    assert _measure(method="count", denominator=None).method is Method.COUNT
    with pytest.raises(ValidationError, match="needs a numerator and no denominator"):
        _measure(method="count")


@pytest.mark.parametrize("method", ["as-published", "slope-index"])
def test_what_is_not_counted_here_needs_no_counts(method: str) -> None:
    assert not _measure(method=method, numerator=None, denominator=None).method.has_denominator


def test_author_does_not_check_the_own_work() -> None:
    with pytest.raises(ValidationError, match="another person than its author"):
        _measure(checker="One")


def test_definition_without_owner_or_source_is_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        _measure(owner=" ", sources=[])
    assert {error["loc"][0] for error in refused.value.errors()} == {"owner", "sources"}


def test_review_is_overdue_from_the_day_after_it_was_due() -> None:
    measure = _measure()
    assert not measure.overdue(DUE)
    assert measure.overdue(date(2027, 11, 23))
    assert overdue([measure], day=DUE) == ()
    assert overdue([measure], day=date(2028, 1, 1)) == (measure,)


def test_measure_is_found_in_capital_and_small_letters() -> None:
    measures = Measures(measures=(_measure(id="EF26", sets=["screening", "cancer"]), _measure()))
    assert measures["ef26"].id == "EF26"
    assert "Ef26" in measures
    assert "EF27" not in measures
    assert 26 not in measures
    assert measures.sets == ("screening", "cancer", "waits")
    assert [measure.id for measure in measures.in_set("cancer")] == ["EF26"]


def test_identifier_is_used_once_whatever_the_letters() -> None:
    with pytest.raises(ValidationError, match="used twice"):
        Measures(measures=(_measure(id="EF26"), _measure(id="ef26")))
