"""Pages of money as a browser gets them: positions, the savings requirement, scenarios and what a position rests on."""

from collections.abc import Mapping

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.functional.web.conftest import Workspace, signed_in

from placeplan.app.demonstration import EXAMPLES
from placeplan.app.plan_texts import texts_of_folder
from placeplan.web.planning import selectors
from placeplan.web.planning.actions import bring_in_plan
from placeplan.web.planning.models import Plan
from placeplan.web.planning.results import results_of
from placeplan.web.planning.selectors import working

KENT = "kent-medway-2014"
PUBLIC_HEALTH = {"service": "public-health", "year": "2014-15"}
LINES, SCHEMES = "finance/lines.csv", "finance/efficiency.csv"


@pytest.fixture
def kent(workspace: Workspace) -> Plan:
    """The bundled plan of Kent and Medway, in the workspace."""
    texts = texts_of_folder(EXAMPLES / KENT)
    return bring_in_plan(actor=None, organisation=workspace.own, texts=texts, message="As printed")


@pytest.fixture
def finance(workspace: Workspace, kent: Plan) -> Client:
    """The browser of a finance lead."""
    return signed_in(workspace.person("finance"))


def ask(client: Client, page: str, given: Mapping[str, object], slug: str = KENT) -> str:
    answer = client.get(reverse(f"money:{page}", args=[slug]), given)
    assert answer.status_code == 200
    return answer.content.decode()


def put(client: Client, given: Mapping[str, str], plan: Plan, checksum: str = "") -> HttpResponse:
    person = plan.organisation.memberships.get(role="finance").person
    checksum = checksum or working(person, plan).checksum
    return client.post(reverse("money:put", args=[KENT]), {**given, "checksum": checksum}, follow=True)


def test_the_head_shows_the_positions_and_each_leads_to_its_derivation(finance: Client) -> None:
    page = ask(finance, "money", PUBLIC_HEALTH)
    for measure, number in (("in-year", "-£2,652k"), ("cumulative", "-£2,443k"), ("surplus-gap", "-£2,443k")):
        address = reverse("planning:figure", args=[KENT, f"finance.public-health.2014-15.{measure}"])
        assert f'href="{address}"' in page
        assert number in page
    assert 'id="chosen-waterfall-public-health-2014-15"' in page
    assert "met within rounding only" in page  # what three services owe together


def test_a_service_or_year_that_is_not_there_gives_the_first_that_is(finance: Client) -> None:
    assert "What the rules ask of Primary care, 2014-15" in ask(finance, "money", {"service": "x", "year": "1066"})


def test_a_plan_without_positions_says_so_on_every_page(workspace: Workspace) -> None:
    texts = texts_of_folder(EXAMPLES / "swale-2016")
    bring_in_plan(actor=None, organisation=workspace.own, texts=texts, message="As printed")
    client = signed_in(workspace.person("finance"))
    for page in ("money", "requirement", "scenarios", "sensitivity"):
        assert "No service of this plan has both spend and an allocation" in ask(client, page, {}, slug="swale-2016")


def test_the_requirement_of_the_rules_is_solved(finance: Client) -> None:
    page = ask(finance, "requirement", PUBLIC_HEALTH)
    assert "data-answer>£2,700k<" in page
    assert "Put it into my draft" in page


def test_a_script_gets_the_answer_alone(finance: Client) -> None:
    answer = finance.get(reverse("money:requirement", args=[KENT]), PUBLIC_HEALTH, headers={"HX-Request": "true"})
    assert "data-answer>£2,700k<" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_a_saving_is_put_into_the_draft_and_the_rule_is_met(finance: Client, kent: Plan) -> None:
    before = selectors.texts_of_revision(selectors.latest_revision(kent))
    page = put(finance, {**PUBLIC_HEALTH, "solve": "1", "reserves": "yes", "title": "Fewer did-not-attends"}, kent)
    assert "The saving is in your draft" in page.content.decode()
    assert "no saving is needed" in page.content.decode()
    seen = working(kent.organisation.memberships.get(role="finance").person, kent)
    assert seen.texts[LINES].startswith(before[LINES])
    assert seen.texts[LINES].count("\n") == before[LINES].count("\n") + 3
    assert "fewer-did-not-attends,public-health,2014-15,Fewer did-not-attends,,2700," in seen.texts[SCHEMES]
    results = results_of(seen).results
    assert results is not None
    assert results.figures["finance.public-health.2014-15.surplus-gap"].value == 0
    rules = [each for each in results_of(seen).findings if each.code in ("FIN001", "FIN002", "FIN003", "FIN006")]
    assert not [each for each in rules if each.words.startswith("Public health, 2014-15")]


def test_schemes_that_are_there_are_raised_in_proportion(finance: Client, kent: Plan) -> None:
    split = {"split": "choice", "title-1": "Clinics", "share-new-1": "75", "title-2": "Estates", "share-new-2": "25"}
    wish = {**PUBLIC_HEALTH, "solve": "1", "wish": "amount", "value": "-443"}
    put(finance, {**wish, **split}, kent)
    put(finance, {**wish, "value": "557", "split": "proportion"}, kent)
    text = working(kent.organisation.memberships.get(role="finance").person, kent).texts[SCHEMES]
    # 2,000 in parts of 1,500 and 500; then 1,000 more in the same proportion.
    assert "clinics,public-health,2014-15,Clinics,,2250," in text
    assert "estates,public-health,2014-15,Estates,,750," in text


def test_nothing_is_written_over_what_changed_since(finance: Client, kent: Plan) -> None:
    answer = put(finance, {**PUBLIC_HEALTH, "solve": "1", "reserves": "yes"}, kent, checksum="an older one")
    assert answer.status_code == 409
    assert "Your plan was changed since this was worked out" in answer.content.decode()
    assert selectors.draft_of(kent.organisation.memberships.get(role="finance").person, kent) is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"wish": "rate", "value": "a lot"}, "The surplus in per cent: enter a number"),
        ({"wish": "amount"}, "Enter the number to reach"),
        ({"wish": "amount", "value": "9" * 400}, "The amount to reach: enter a number"),
        ({"wish": "magic"}, "Choose one of: rules, rate, amount."),
        ({"investment": "100"}, "Enter a share of the gross saving from 0 to below 100 per cent."),
        ({"investment": "-1"}, "Enter a share of the gross saving from 0 to below 100 per cent."),
        ({"saved-in": "2015-16"}, "A saving of 2015-16 cannot move the position of 2014-15."),
        ({"saved-in": "next year"}, "Choose one of: 2014-15, 2015-16."),
        ({"split": "proportion"}, "Public health has no scheme in 2014-15 that saves."),
        ({"split": "choice", "share-new-1": "60", "title-1": "One"}, "The shares add to 60 per cent. Make them 100."),
        ({"split": "choice", "share-new-1": "100"}, "Give the new scheme a title"),
        ({"title": "…"}, "Give the new scheme a title"),
    ],
)
def test_what_cannot_be_worked_out_is_said_at_its_field(finance: Client, given: dict[str, str], said: str) -> None:
    page = ask(finance, "requirement", {**PUBLIC_HEALTH, "solve": "1", **given})
    assert "This cannot be worked out yet" in page
    assert said in page
    assert "data-answer" not in page


def test_all_that_is_wrong_is_said_at_once(finance: Client, kent: Plan) -> None:
    given = {**PUBLIC_HEALTH, "solve": "1", "wish": "rate", "value": "x", "investment": "y", "title": ""}
    page = ask(finance, "requirement", given)
    for name in ("value", "investment", "title"):
        assert f'<a href="#{name}">' in page
    assert put(finance, given, kent).status_code == 422


def test_scenarios_stand_side_by_side_with_what_differs(finance: Client) -> None:
    page = ask(finance, "scenarios", {"service": "public-health", "scenario": ["", "drug-allocation"]})
    assert "The allocation for prescribed drugs arrives" in page
    assert "+2,900" in page
    assert "met, 457 (differs)" in page
    assert 'id="scenario-positions-chart"' in page


def cell(line: str, year: str, table: str = "finance/lines.csv", provider: str = "&provider=") -> str:
    return f"table={table}&column={year}&service=public-health{provider}&line={line}"


def test_a_scenario_is_made_from_a_changed_assumption(finance: Client, kent: Plan) -> None:
    made = {"title": "Growth comes twice", "cell-1": cell("Growth", "2014-15"), "value-1": "884"}
    page = finance.post(reverse("money:new-scenario", args=[KENT]), made, follow=True).content.decode()
    assert "“Growth comes twice” is in your draft." in page
    assert "Growth comes twice" in page
    assert "+442" in page
    assert "-442" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Give the scenario a title"),
        (
            {"title": "Drug allocation", "cell-1": cell("Growth", "2014-15"), "value-1": "1"},
            "There is a scenario called",
        ),
        ({"title": "None"}, "Choose at least one assumption"),
        ({"title": "No value", "cell-1": cell("Growth", "2014-15")}, "Enter the value that it is to have"),
        (
            {"title": "No number", "cell-1": cell("Growth", "2014-15"), "value-1": "more"},
            "&#39;more&#39; cannot be read",
        ),
        ({"title": "No row", "cell-1": cell("Nothing", "2014-15"), "value-1": "1"}, "No rows of finance/lines.csv"),
        ({"title": "No year", "cell-1": cell("Growth", "1999-00"), "value-1": "1"}, "no column &#39;1999-00&#39;"),
        ({"title": "No table", "cell-1": "table=plan.yaml", "value-1": "1"}, "Choose an assumption from the list."),
        ({"title": "Value alone", "value-2": "7"}, "Choose what is to be 7."),
    ],
)
def test_a_scenario_that_cannot_be_made_says_why(finance: Client, kent: Plan, given: dict[str, str], said: str) -> None:
    answer = finance.post(reverse("money:new-scenario", args=[KENT]), given)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert selectors.draft_of(kent.organisation.memberships.get(role="finance").person, kent) is None


def test_what_a_position_rests_on(finance: Client) -> None:
    page = ask(finance, "sensitivity", {"service": "public-health", "year": "2015-16", "by": "10"})
    assert "when one assumption is 10% smaller or larger" in page
    assert "+120.1" in page
    assert "above 0 and at most 100" in ask(finance, "sensitivity", {**PUBLIC_HEALTH, "by": "lots"})


def test_one_who_may_only_read_sees_the_answer_and_why_not(workspace: Workspace, kent: Plan) -> None:
    page = ask(signed_in(workspace.person("clinician")), "requirement", PUBLIC_HEALTH)
    assert "data-answer>£2,700k<" in page
    assert "Put it into my draft" not in page


def test_a_saving_goes_into_the_line_that_holds_savings(finance: Client, kent: Plan) -> None:
    given = {"service": "primary-care", "year": "2014-15", "solve": "1", "wish": "amount", "value": "7,838"}
    put(finance, {**given, "split": "line"}, kent)
    seen = working(kent.organisation.memberships.get(role="finance").person, kent)
    before = selectors.texts_of_revision(selectors.latest_revision(kent))[LINES]
    # 7,838 is 1,000 above the printed position; the printed parts add to one pound thousand more than the total.
    results = results_of(seen).results
    assert results is not None
    assert results.figures["finance.primary-care.2014-15.cumulative"].value == 7838
    changed = [row for row in seen.texts[LINES].splitlines() if row not in before.splitlines()]
    assert [row.split(",")[2] for row in changed] == ["QIPP"]
    assert SCHEMES not in seen.texts


@pytest.mark.parametrize("more", [{"recurrent": "no"}, {"investment": "10"}])
def test_a_line_holds_neither_an_investment_nor_what_is_made_once(finance: Client, more: dict[str, str]) -> None:
    given = {**PUBLIC_HEALTH, "solve": "1", "split": "line", **more}
    assert "A line holds a net saving that goes on." in ask(finance, "requirement", given)


def test_schemes_that_are_there_and_a_new_one_share_a_saving_by_choice(finance: Client, kent: Plan) -> None:
    wish = {**PUBLIC_HEALTH, "solve": "1", "wish": "amount"}
    put(finance, {**wish, "value": "-1443", "title": "New 1"}, kent)
    shares = {"split": "choice", "share-of-new-1": "60", "title-1": "Estates", "share-new-1": "40"}
    put(finance, {**wish, "value": "-443", **shares}, kent)
    text = working(kent.organisation.memberships.get(role="finance").person, kent).texts[SCHEMES]
    assert "new-1,public-health,2014-15,New 1,,1600," in text
    assert "estates,public-health,2014-15,Estates,,400," in text
