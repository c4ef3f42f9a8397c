"""Plans of several organisations: sharing one, and laying two side by side."""

from tests.functional.web.conftest import SMALL_PLAN, Workspace, signed_in

from placeplan.web.auditing.models import Event
from placeplan.web.planning.actions import bring_in_plan

SHARING, PLACES = "/plans/small-place/sharing/", "/places/"


def _other_plan(workspace: Workspace, *, of: str) -> None:
    header = SMALL_PLAN["plan.yaml"].replace("id: small-place", "id: other-place").replace("small place", "other place")
    texts = {**SMALL_PLAN, "plan.yaml": header}
    lines = "finance/lines.csv"
    texts[lines] = texts[lines].replace('"1,000"', '"1,010"')
    bring_in_plan(actor=None, organisation=getattr(workspace, of), texts=texts, message="First")


def test_a_plan_that_is_shared_is_seen_by_the_other_organisation(workspace: Workspace) -> None:
    other = signed_in(workspace.person("planner", of=workspace.stranger))
    assert other.get("/plans/small-place/").status_code == 404
    client = signed_in(workspace.person("planner"))
    assert client.post(SHARING, {"organisation": "elsewhere"}).status_code == 302
    assert other.get("/plans/small-place/").status_code == 200
    assert other.get(SHARING).status_code == 403
    assert Event.objects.filter(verb="share-plan", refused=False).count() == 1
    assert client.post(SHARING, {"organisation": "elsewhere"}).status_code == 404
    assert client.post(SHARING, {"organisation": "no-such"}).status_code == 404


def test_a_regional_assurer_lays_two_places_side_by_side(workspace: Workspace) -> None:
    _other_plan(workspace, of="own")
    client = signed_in(workspace.person("regional-assurer", of=workspace.region))
    page = client.get(PLACES, {"plan": ["small-place", "other-place"], "q": "2014-15"}).content.decode()
    assert page.count("data-count=") == 6, "how much is found stands beside each place"
    assert "1,000" in page
    assert "1,010" in page
    assert client.get(PLACES).status_code == 200


def test_a_place_that_one_may_not_see_is_not_compared(workspace: Workspace) -> None:
    _other_plan(workspace, of="stranger")
    client = signed_in(workspace.person("planner"))
    assert client.get(PLACES, {"plan": ["small-place", "other-place"]}).status_code == 404
    assert "other place" not in client.get(PLACES).content.decode()
