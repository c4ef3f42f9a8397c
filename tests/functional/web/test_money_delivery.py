"""Delivery of savings in the workspace: a month is reported on a form, refused where it cannot be read, and shown."""

from collections.abc import Mapping

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.functional.web.conftest import Workspace, signed_in

from placeplan.app.demonstration import EXAMPLES
from placeplan.app.plan_texts import texts_of_folder
from placeplan.web.access.models import Person
from placeplan.web.auditing.models import Event
from placeplan.web.planning.actions import bring_in_plan
from placeplan.web.planning.models import Plan
from placeplan.web.planning.selectors import working

SWALE = "swale-2016"
SECTION = "finance/savings_delivered.csv"
APRIL = {"service": "swale", "month": "2016-04"}


@pytest.fixture
def swale(workspace: Workspace) -> Plan:
    """The bundled plan of Swale, with its schemes, in the workspace."""
    texts = texts_of_folder(EXAMPLES / SWALE)
    return bring_in_plan(actor=None, organisation=workspace.own, texts=texts, message="As printed")


@pytest.fixture
def finance(workspace: Workspace, swale: Plan) -> Client:
    """The browser of a finance lead."""
    return signed_in(workspace.person("finance"))


def page(client: Client, given: Mapping[str, str]) -> str:
    answer = client.get(reverse("money:delivery", args=[SWALE]), given)
    assert answer.status_code == 200
    return answer.content.decode()


def report(client: Client, plan: Plan, given: Mapping[str, str], checksum: str | None = None) -> HttpResponse:
    stands = text_checksum(plan) if checksum is None else checksum
    return client.post(reverse("money:report", args=[SWALE]), {**given, "checksum": stands}, follow=True)


def text_checksum(plan: Plan) -> str:
    return working(person_of(plan), plan).checksums.get(SECTION, "")


def person_of(plan: Plan) -> Person:
    return plan.organisation.memberships.get(role="finance").person


def text(plan: Plan) -> str:
    return working(person_of(plan), plan).texts.get(SECTION, "")


def test_a_plan_with_schemes_and_no_report_offers_the_first_month(finance: Client) -> None:
    shown = page(finance, {})
    assert "Swale" in shown
    assert '<option value="2016-04" selected>April 2016</option>' in shown
    assert "Urgent Care" in shown
    assert "No month is reported yet." in shown


def test_a_month_that_is_reported_stands_in_the_draft_and_below_the_form(finance: Client, swale: Plan) -> None:
    given = {
        **APRIL,
        "gross--urgent-care": "60.0",
        "rating--urgent-care": "amber",
        "note--urgent-care": "Late, by choice",
    }
    answer = report(finance, swale, given)
    assert answer.status_code == 200
    assert text(swale).splitlines() == [
        "scheme,service,month,gross,investment,forecast,rating,note,source",
        'urgent-care,swale,2016-04,60.0,,,amber,"Late, by choice",',
    ]
    shown = answer.content.decode()
    assert "April 2016 is in your draft" in shown
    assert "Delivery of savings in 2016-17" in shown
    assert reverse("planning:figure", args=[SWALE, "delivery.swale.2016-17.planned-to-date"]) in shown
    assert '<option value="2016-05" selected>May 2016</option>' in page(finance, {})  # the month after it is offered


def test_a_second_report_of_a_month_takes_the_place_of_the_first_and_an_empty_one_takes_it_out(
    finance: Client, swale: Plan
) -> None:
    report(finance, swale, {**APRIL, "gross--urgent-care": "60.0", "gross--other": "1"})
    report(finance, swale, {**APRIL, "gross--urgent-care": "55.5", "gross--other": ""})
    assert text(swale).splitlines()[1:] == ["urgent-care,swale,2016-04,55.5,,,,,"]
    report(finance, swale, {**APRIL, "gross--urgent-care": ""})
    assert text(swale) == ""


def test_a_note_of_several_lines_stays_as_it_was_written(finance: Client, swale: Plan) -> None:
    report(finance, swale, {**APRIL, "gross--urgent-care": "60.0", "note--urgent-care": "Late,\r\nby choice"})
    assert '"Late,\nby choice"' in text(swale)
    assert "Late,\nby choice</textarea>" in page(finance, APRIL)


def test_what_cannot_be_read_is_named_field_by_field_and_nothing_is_written(finance: Client, swale: Plan) -> None:
    given = {**APRIL, "gross--urgent-care": "about sixty", "rating--other": "purple", "gross--other": "5"}
    answer = report(finance, swale, given)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert 'href="#gross--urgent-care"' in shown
    assert 'href="#rating--other"' in shown
    assert 'value="about sixty"' in shown  # what was typed is still there
    assert "Expected a number such as" in shown
    assert text(swale) == ""


@pytest.mark.parametrize("given", [{"service": "swale", "month": "2020-01"}, {"service": "x", "month": "2016-04"}, {}])
def test_a_month_or_service_that_is_not_there_is_refused(finance: Client, swale: Plan, given: dict[str, str]) -> None:
    assert report(finance, swale, given).status_code == 422
    assert text(swale) == ""


def test_a_report_on_a_text_that_was_changed_meanwhile_is_not_written(finance: Client, swale: Plan) -> None:
    before = text_checksum(swale)
    report(finance, swale, {**APRIL, "gross--urgent-care": "60.0"})
    answer = report(finance, swale, {**APRIL, "gross--urgent-care": "1.0"}, checksum=before)
    assert answer.status_code == 409
    assert "was changed since you opened this page" in answer.content.decode()
    assert 'value="1.0"' in answer.content.decode()
    assert "60.0" in text(swale)


def test_a_write_is_recorded(finance: Client, swale: Plan) -> None:
    report(finance, swale, {**APRIL, "gross--urgent-care": "60.0"})
    assert Event.objects.filter(verb="write-section").exists()


def test_who_may_only_read_sees_no_form(workspace: Workspace, swale: Plan) -> None:
    member = signed_in(workspace.person("board-member"))
    assert "Write it into my draft" not in page(member, {})


def test_a_plan_without_schemes_says_where_to_enter_one(workspace: Workspace) -> None:
    texts = texts_of_folder(EXAMPLES / "west-kent-2016")
    bring_in_plan(actor=None, organisation=workspace.own, texts=texts, message="As printed")
    client = signed_in(workspace.person("finance"))
    answer = client.get(reverse("money:delivery", args=["west-kent-2016"]))
    assert "no efficiency scheme yet" in answer.content.decode()
