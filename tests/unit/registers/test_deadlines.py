"""Days of contracts are worked back from their end; the rules are data."""

from datetime import date

import pytest

from placeplan.app.register_definitions import (
    read_checklist,
    read_deadline_rules,
    read_evidence_rules,
    read_meeting_rules,
)
from placeplan.plan.tables import Contract, ContractDecision
from placeplan.registers.assurance_lines import Judgement, judged_by
from placeplan.registers.deadlines import Step, contract_dates, next_due, providers_told_by

RULES = read_deadline_rules()
END = date(2016, 3, 31)


def _contract(
    ends: date | None, *, kind: str | None = None, own: tuple[int | None, int | None] = (None, None)
) -> Contract:
    """A contract with its end, its kind, and its own months of notice and of procurement."""
    return Contract(
        contract="surgery",
        title="Surgery",
        provider=None,
        kind=kind,
        area=None,
        starts=None,
        ends=ends,
        value=None,
        extension_months=None,
        notice_months=own[0],
        lead_months=own[1],
        decision=None,
        source=None,
    )


SURGERY = _contract(END, own=(3, 9))


def test_a_contract_is_worked_back_over_weekends_and_bank_holidays() -> None:
    dates = contract_dates(RULES, SURGERY)
    assert dates is not None
    assert (dates.notice, dates.procurement) == (date(2015, 12, 31), date(2015, 6, 30))
    assert dates.decision == date(2015, 6, 2), "20 working days before the procurement begins"
    assert dates.review == date(2015, 4, 1), "40 working days before that, over Easter and two holidays of May"
    assert not dates.usual


def test_a_contract_without_months_of_its_own_has_the_usual_ones_of_its_kind() -> None:
    dates = contract_dates(RULES, _contract(END, kind="apms"))
    assert dates is not None
    assert dates.usual
    assert dates.procurement == date(2015, 3, 31)
    assert contract_dates(RULES, _contract(None)) is None


@pytest.mark.parametrize(
    ("day", "decided", "step", "overdue"),
    [
        (date(2015, 4, 1), None, Step.REVIEW, False),
        (date(2015, 4, 2), None, Step.DECISION, False),
        (date(2015, 6, 3), None, Step.DECISION, True),
        (date(2015, 6, 3), ContractDecision.REPROCURE, Step.PROCUREMENT, False),
        (date(2015, 12, 31), ContractDecision.EXTEND, Step.NOTICE, False),
        (date(2016, 1, 1), ContractDecision.DECOMMISSION, Step.END, False),
        (date(2016, 4, 1), ContractDecision.EXTEND, Step.END, True),
    ],
)
def test_what_is_next_for_a_contract(day: date, decided: ContractDecision | None, step: Step, *, overdue: bool) -> None:
    dates = contract_dates(RULES, SURGERY)
    assert dates is not None
    due = next_due(dates, day, decided=decided)
    assert (due.step, due.overdue) == (step, overdue)


def test_providers_are_told_on_the_last_working_day_before_the_half_year() -> None:
    assert providers_told_by(RULES, date(2017, 4, 1)) == date(2016, 9, 30)
    assert providers_told_by(RULES, date(2018, 4, 1)) == date(2017, 9, 29), "the 30th is a Saturday"


def test_findings_amount_to_a_judgement() -> None:
    assert judged_by([], waived=0) is Judgement.ASSURED
    assert judged_by(["note"], waived=0) is Judgement.ASSURED
    assert judged_by(["note"], waived=1) is Judgement.PARTLY
    assert judged_by(["warning"], waived=0) is Judgement.PARTLY
    assert judged_by(["warning", "error"], waived=0) is Judgement.NOT


def test_definitions_name_each_thing_once() -> None:
    lines = [line.id for line in read_checklist().lines]
    assert len(set(lines)) == len(lines)
    rules = read_meeting_rules()
    for named in (rules.verbs, rules.standings, rules.handlings, rules.interests, rules.reports):
        assert len({each.id for each in named}) == len(named)
    assert len({kind.ending for kind in read_evidence_rules().kinds}) == len(read_evidence_rules().kinds)
    assert list(RULES.holidays) == sorted(set(RULES.holidays))
