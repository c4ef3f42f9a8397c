"""A plan in the workspace: revisions that never change, drafts that become the next one, and nothing lost between."""

import pytest
from tests.functional.web.conftest import SMALL_PLAN, Workspace

from placeplan.app.plan_texts import bundled_plans, checksum_of, read_texts, texts_of_folder
from placeplan.kernel.errors import InputError
from placeplan.plan.folder import read_plan
from placeplan.web.access.models import Person
from placeplan.web.access.policies import RefusedError
from placeplan.web.auditing.models import Event
from placeplan.web.planning import actions, selectors
from placeplan.web.planning.actions import ConflictError, OvertakenError, WriteRefusedError
from placeplan.web.planning.models import Draft, Plan

LINES, ABOUT = "finance/lines.csv", "narrative/01-about.md"


def _write(person: Person, plan: Plan, section: str, *, text: str | None) -> Draft:
    draft = actions.open_draft(actor=person, plan=plan)
    replaces = selectors.checksums_of_draft(draft).get(section, "")
    actions.write_section(actor=person, draft=draft, section=section, text=text, replaces=replaces)
    return draft


@pytest.mark.parametrize("folder", bundled_plans(), ids=lambda folder: folder.name)
def test_a_bundled_plan_comes_out_as_it_went_in(workspace: Workspace, folder: object) -> None:
    texts = texts_of_folder(folder)  # type: ignore[arg-type]
    plan = actions.bring_in_plan(actor=None, organisation=workspace.own, texts=texts, message="As bundled")
    kept = selectors.texts_of_revision(selectors.latest_revision(plan))
    assert kept == texts
    assert read_texts(kept) == read_plan(folder)  # type: ignore[arg-type]


def test_a_draft_becomes_the_next_revision(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    draft = _write(planner, workspace.plan, ABOUT, text="# About\n\nAnother text.\n")
    revision = actions.publish_draft(actor=planner, draft=draft, message="A better text")
    assert (revision.number, revision.message, revision.author) == (2, "A better text", planner)
    assert revision.parent == selectors.revision_of(workspace.plan, 1)
    assert selectors.texts_of_revision(revision)[ABOUT] == "# About\n\nAnother text.\n"
    assert selectors.texts_of_revision(revision.parent) == SMALL_PLAN
    assert not Draft.objects.exists()


def test_a_text_is_kept_once(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    draft = _write(planner, workspace.plan, ABOUT, text="# About\n\nAnother text.\n")
    revision = actions.publish_draft(actor=planner, draft=draft, message="A better text")
    before, now = selectors.checksums_of_revision(revision.parent), selectors.checksums_of_revision(revision)
    assert {name for name in now if now[name] != before[name]} == {ABOUT}


def test_what_is_put_back_is_no_change(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    _write(planner, workspace.plan, ABOUT, text="# Other\n")
    draft = _write(planner, workspace.plan, ABOUT, text=SMALL_PLAN[ABOUT])
    assert draft.sections.count() == 0
    with pytest.raises(WriteRefusedError, match="Nothing is changed"):
        actions.publish_draft(actor=planner, draft=draft, message="Nothing")


def test_a_draft_may_be_wrong_but_not_become_a_revision(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    draft = _write(planner, workspace.plan, LINES, text="service,line\ncommunity,x\n")
    with pytest.raises(InputError):
        actions.publish_draft(actor=planner, draft=draft, message="Broken")
    assert selectors.latest_revision(workspace.plan).number == 1
    assert selectors.texts_of_draft(draft)[LINES] == "service,line\ncommunity,x\n"


def test_a_write_that_saw_another_text_is_not_written_over_it(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    draft = _write(planner, workspace.plan, ABOUT, text="# In one window\n")
    with pytest.raises(OvertakenError) as caught:
        actions.write_section(
            actor=planner, draft=draft, section=ABOUT, text="# In another\n", replaces=checksum_of(SMALL_PLAN[ABOUT])
        )
    assert (caught.value.text, caught.value.checksum) == ("# In one window\n", checksum_of("# In one window\n"))
    assert selectors.texts_of_draft(draft)[ABOUT] == "# In one window\n"


def test_two_people_on_different_rows_of_one_table_merge(workspace: Workspace) -> None:
    planner, finance = workspace.person("planner"), workspace.person("finance")
    mine = _write(planner, workspace.plan, LINES, text=SMALL_PLAN[LINES].replace('"1,000"', '"1,001"'))
    theirs = _write(finance, workspace.plan, LINES, text=SMALL_PLAN[LINES].replace("2.0%,2.0%", "2.5%,2.5%"))
    actions.publish_draft(actor=planner, draft=mine, message="Outturn")
    revision = actions.publish_draft(actor=finance, draft=theirs, message="Growth")
    lines = selectors.texts_of_revision(revision)[LINES]
    assert '"1,001"' in lines
    assert "2.5%,2.5%" in lines


def test_two_people_on_one_row_are_asked_and_nothing_is_lost(workspace: Workspace) -> None:
    planner, finance = workspace.person("planner"), workspace.person("finance")
    mine = _write(planner, workspace.plan, LINES, text=SMALL_PLAN[LINES].replace("2.0%,2.0%", "3.0%,3.0%"))
    theirs = _write(finance, workspace.plan, LINES, text=SMALL_PLAN[LINES].replace("2.0%,2.0%", "2.5%,2.5%"))
    actions.publish_draft(actor=planner, draft=mine, message="Growth of 3%")
    with pytest.raises(ConflictError) as caught:
        actions.publish_draft(actor=finance, draft=theirs, message="Growth of 2.5%")
    (conflict,) = caught.value.merge.conflicts
    assert conflict.rows[0].row == "community · Growth"
    chosen = selectors.texts_of_draft(theirs)[LINES]
    draft = actions.bring_draft_up_to_date(actor=finance, draft=theirs, resolved={LINES: chosen})
    revision = actions.publish_draft(actor=finance, draft=draft, message="Growth of 2.5% after all")
    assert "2.5%,2.5%" in selectors.texts_of_revision(revision)[LINES]
    assert "3.0%,3.0%" in selectors.texts_of_revision(revision.parent)[LINES]


def test_a_conflict_that_is_not_decided_changes_nothing(workspace: Workspace) -> None:
    planner, finance = workspace.person("planner"), workspace.person("finance")
    mine = _write(planner, workspace.plan, ABOUT, text="# Mine\n")
    theirs = _write(finance, workspace.plan, ABOUT, text="# Theirs\n")
    actions.publish_draft(actor=planner, draft=mine, message="Mine")
    with pytest.raises(ConflictError):
        actions.bring_draft_up_to_date(actor=finance, draft=theirs, resolved={})
    assert selectors.texts_of_draft(Draft.objects.get(pk=theirs.pk))[ABOUT] == "# Theirs\n"


@pytest.mark.parametrize(
    ("section", "text", "words"),
    [
        ("../secret", "x", "no section of a plan"),
        ("narrative/../../x.md", "x", "no section of a plan"),
        ("registers/unknown.csv", "x", "no section of a plan"),
        (ABOUT, "a\0b", "null character"),
        (ABOUT, "half \ud800 a character", "half a character"),
        (ABOUT, "x" * 4_000_001, "4,000,001 characters"),
    ],
)
def test_what_cannot_be_a_section_is_refused(workspace: Workspace, section: str, text: str, words: str) -> None:
    with pytest.raises(WriteRefusedError, match=words):
        _write(workspace.person("planner"), workspace.plan, section, text=text)


def test_nobody_writes_in_the_draft_of_another(workspace: Workspace) -> None:
    draft = _write(workspace.person("planner"), workspace.plan, ABOUT, text="# Mine\n")
    other = workspace.person("finance")
    with pytest.raises(WriteRefusedError, match="somebody else's"):
        actions.write_section(actor=other, draft=draft, section=ABOUT, text="x", replaces="")
    with pytest.raises(WriteRefusedError, match="somebody else's"):
        actions.publish_draft(actor=other, draft=draft, message="x")


def test_a_refusal_is_in_the_record_and_nothing_is_written(workspace: Workspace) -> None:
    clinician = workspace.person("clinician")
    with pytest.raises(RefusedError, match="You may not change this plan"):
        actions.open_draft(actor=clinician, plan=workspace.plan)
    event = Event.objects.order_by("-number").first()
    assert event is not None
    assert (event.verb, event.person, event.refused) == ("edit-plan", clinician, True)
    assert not Draft.objects.exists()


def test_a_plan_keeps_its_id(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    text = SMALL_PLAN["plan.yaml"].replace("id: small-place", "id: other-place")
    draft = _write(planner, workspace.plan, "plan.yaml", text=text)
    with pytest.raises(WriteRefusedError, match="a plan keeps its id"):
        actions.publish_draft(actor=planner, draft=draft, message="Another name")


def test_a_second_plan_of_a_name_is_refused(workspace: Workspace) -> None:
    with pytest.raises(WriteRefusedError, match="There is a plan called small-place"):
        actions.bring_in_plan(actor=None, organisation=workspace.own, texts=SMALL_PLAN, message="Again")
