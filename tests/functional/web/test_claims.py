"""The page of claims as a browser gets it: what is counted for a moment, and what is kept as a scenario."""

from collections.abc import Mapping
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from tests.functional.web.conftest import Workspace, signed_in
from tests.functional.web.test_money import KENT, finance, kent

from placeplan.web.auditing.models import Event
from placeplan.web.planning import selectors
from placeplan.web.planning.models import Plan
from placeplan.web.planning.selectors import working

__all__ = ["finance", "kent"]
DRUGS, CENTRES = "prescribed-drugs", "immigration-removal-centres"


def shown(client: Client, given: Mapping[str, object] | None = None, slug: str = KENT) -> str:
    answer = client.get(reverse("money:claims", args=[slug]), given or {})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_at_first_every_open_claim_is_counted_beside_the_plan(finance: Client) -> None:
    page = shown(finance)
    for claim in (DRUGS, CENTRES):
        assert f'value="{claim}" checked' in page
    assert "Health and justice, 2014-15: cumulative position" in page
    assert "+2,900" in page
    assert "+400" in page
    assert "+399" not in page  # what printed totals settle is the same on both sides
    assert "the amount of 2015-16 is not known" in page
    assert 'id="scenario-positions-chart"' in page


def test_one_claim_alone_moves_its_service_and_nobody_elses(finance: Client) -> None:
    page = shown(finance, {"count": "1", "claim": CENTRES})
    assert f'value="{DRUGS}" checked' not in page
    assert "+400" in page
    assert "+2,900" not in page
    assert '<option value="health-and-justice" selected>' in page


def test_every_claim_of_a_state_may_be_counted(finance: Client) -> None:
    page = shown(finance, {"count": "1", "state": "raised"})
    assert "+2,900" in page
    assert f'value="{DRUGS}" checked' not in page  # so that the state can be taken back
    assert "Nothing is counted" in shown(finance, {"count": "1", "state": "refused"})
    assert "Nothing is counted" in shown(finance, {"count": "1"})


def test_what_was_counted_is_kept_as_a_scenario(finance: Client, kent: Plan) -> None:
    typed = {"count": "1", "claim": [DRUGS, CENTRES], "title": "All that is open comes", "description": "For April"}
    page = finance.post(reverse("money:keep-claims", args=[KENT]), typed, follow=True).content.decode()
    assert "“All that is open comes” is in your draft." in page
    assert "+2,900" in page
    text = working(kent.organisation.memberships.get(role="finance").person, kent).texts
    kept = text["scenarios/all-that-is-open-comes.yaml"]
    for line in ("value: '54214'", "value: '49511'", "value: transacted", "value: Notified Allocation"):
        assert line in kept
    assert [event.verb for event in Event.objects.order_by("-number")[:2]] == ["write-section", "open-draft"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"claim": DRUGS}, "Give the scenario a title"),
        ({"claim": DRUGS, "title": "Drug allocation"}, "There is a scenario called drug-allocation"),
        ({"title": "Nothing"}, "Count at least one claim whose amount is known."),
        ({"claim": "no-such-claim", "title": "Nothing"}, "Count at least one claim whose amount is known."),
    ],
)
def test_what_cannot_be_kept_says_why(finance: Client, kent: Plan, typed: dict[str, str], said: str) -> None:
    answer = finance.post(reverse("money:keep-claims", args=[KENT]), {"count": "1", **typed})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert selectors.draft_of(kent.organisation.memberships.get(role="finance").person, kent) is None


def test_one_who_may_only_read_counts_and_does_not_keep(workspace: Workspace, kent: Plan) -> None:
    client = signed_in(workspace.person("clinician"))
    assert "+2,900" in shown(client)
    assert "Keep it in my draft" not in shown(client)
    assert client.post(reverse("money:keep-claims", args=[KENT]), {"title": "x"}).status_code == 403


def test_a_plan_without_claims_says_where_they_go(workspace: Workspace) -> None:
    page = shown(signed_in(workspace.person("finance")), slug="small-place")
    assert "The plan lists no claim on an allocation." in page
    assert "rows/finance/claims.csv" in page
