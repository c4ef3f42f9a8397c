"""Journeys of a board, its secretary and a regional assurer in a real browser: light and dark, narrow, by keyboard."""

import re

from playwright.sync_api import Page, expect
from tests.functional.web.browsing import SignIn, accessible, fits, picture
from tests.functional.web.conftest import SMALL_PLAN, Workspace
from tests.functional.web.governing import REGISTERS, publish

from placeplan.web.entries import Entry
from placeplan.web.meetings import actions as meetings
from placeplan.web.meetings import board_actions
from placeplan.web.meetings.models import Meeting
from placeplan.web.planning.actions import bring_in_plan
from placeplan.web.signing import actions as signing
from placeplan.web.signing.actions import Said, Verdict

START = "/plans/small-place/"
CHECKED_PAGES = (
    "signing/",
    "signing/submissions/1/",
    "meetings/",
    "commitments/",
    "commitments/providers/?provider=Acme+Care",
    "traceability/?project=children&goal=start-well",
    "assurance/",
    "history/",
)


def _open(page: Page, words: str, *, within: str = "body") -> None:
    page.locator(within).locator("summary", has_text=words).first.click()


def _meeting_with_everything(place: Workspace) -> Meeting:
    """A board whose first meeting said something of every kind, with a second one to confirm it."""
    secretary = place.person("board-secretary", name="Sec")
    fields = {"name": "Wellbeing board", "quorum": "1", "starts": "2026-01-01"}
    board = board_actions.add_board(actor=secretary, plan=place.plan, entry=Entry(fields))
    member = {"name": "Ann Archer", "since": "2026-01-01"}
    number = board_actions.add_member(actor=secretary, board=board, entry=Entry(member)).pk
    interest = {"member": str(number), "about": "Acme Care", "nature": "personal", "declared": "2026-01-01"}
    board_actions.register_interest(actor=secretary, board=board, entry=Entry(interest))
    planned = {
        "title": "Annual report",
        "owner": "Officer",
        "due": "2026-02-01",
        "every_months": "12",
        "statutory": "1",
    }
    board_actions.plan_item(actor=secretary, board=board, entry=Entry(planned))
    held = [
        board_actions.call_meeting(actor=secretary, board=board, entry=Entry({"held": day}))
        for day in ("2026-03-16", "2026-05-25")
    ]
    meetings.record_attendance(actor=secretary, meeting=held[0], entry=Entry({"present": "Ann Archer"}))
    item = meetings.add_item(actor=secretary, meeting=held[0], entry=Entry({"title": "Acme Care"}))
    on = {"item": str(item.pk)}
    decision = {**on, "verb": "approved-with-conditions", "words": "The plan."}
    meetings.decide(actor=secretary, meeting=held[0], entry=Entry(decision))
    action = {**on, "words": "Report.", "owner": "Ann", "due": "2026-04-01"}
    meetings.give_action(actor=secretary, meeting=held[0], entry=Entry(action))
    return held[0]


def test_pages_of_governance_are_accessible_and_fit(sign_in: SignIn, place: Workspace) -> None:
    publish(place.person("finance", name="Fin"), place, REGISTERS)
    signing.submit_plan(actor=place.person("planner", name="Pla"), plan=place.plan)
    said = Said(verdict=Verdict.CONDITIONS, words="Name an owner.\nGive dates.")
    member = place.person("board-member", name="Mem")
    signing.sign_plan(actor=member, plan=place.plan, body="Finance committee", said=said)
    meeting = _meeting_with_everything(place)
    number = place.plan.revisions.first().number
    page = sign_in("board-secretary")
    more = (f"meetings/boards/{meeting.board_id}/", f"meetings/{meeting.pk}/", f"meetings/{meeting.pk}/minutes/")
    for rest in (*CHECKED_PAGES, *more):
        page.goto(START + rest.replace("submissions/1", f"submissions/{number}"))
        page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
        accessible(page, f"{rest}, open")
        fits(page, rest)
        picture(page, f"governance-{re.sub('[^a-z0-9]+', '-', rest)}")
    assurer = sign_in("regional-assurer", of="region")
    for address in (f"{START}assurance/", "/places/?plan=small-place"):
        assurer.goto(address)
        assurer.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
        accessible(assurer, address)
        fits(assurer, address)


def test_a_board_secretary_takes_minutes_from_agenda_to_confirmed(sign_in: SignIn, place: Workspace) -> None:
    page = sign_in("board-secretary")
    page.goto(f"{START}meetings/")
    _open(page, "Add a board")
    page.get_by_label("Name", exact=True).fill("Wellbeing board")
    page.get_by_label("Quorum").fill("1")
    page.get_by_label("First day").fill("2026-01-01")
    page.get_by_role("button", name="Add the board").click()
    expect(page.get_by_role("heading", name="Wellbeing board", level=1)).to_be_visible()
    _open(page, "Add a member")
    page.get_by_label("Name", exact=True).fill("Ann Archer")
    page.get_by_label("Member since").fill("2026-01-01")
    page.get_by_role("button", name="Add the member").click()
    addresses = []
    for day in ("2026-03-16", "2026-05-25"):
        page.goto(f"{START}meetings/")
        page.get_by_role("link", name="Wellbeing board").first.click()
        _open(page, "Call a meeting")
        page.get_by_label("Day of the meeting").fill(day)
        page.get_by_role("button", name="Call the meeting").click()
        addresses.append(page.url)
        expect(page.get_by_label("Present", exact=True)).to_have_value("Ann Archer")
        page.get_by_role("button", name="Keep the attendance").click()
        page.get_by_label("Item", exact=True).fill("Plan of the place")
        page.get_by_role("button", name="Put it on the agenda").click()
    page.goto(addresses[0])
    _open(page, "Minute", within=".minute-tools")
    page.get_by_label("What was said").fill("The plan was presented.")
    page.get_by_role("button", name="Keep the minute").click()
    _open(page, "Decision", within=".minute-tools")
    page.get_by_label("Verb").select_option("approved")
    page.get_by_label("What was resolved").fill("The plan be approved.")
    page.get_by_role("button", name="Write the decision").click()
    expect(page.get_by_text("The plan be approved.").first).to_be_visible()
    page.get_by_role("button", name="Confirm the minutes").click()
    expect(page.get_by_text("Minutes confirmed")).to_be_visible()
    expect(page.locator(".minute-tools")).to_have_count(0)
    page.get_by_role("link", name="Minutes as they are printed").click()
    expect(page.get_by_text("Confirmed at the meeting of 25 May 2026.")).to_be_visible()


def test_a_board_approves_with_a_condition_that_is_met_with_a_file_and_a_late_change_reopens_one(
    sign_in: SignIn, place: Workspace
) -> None:
    planner = place.person("planner", name="Pla")
    header = SMALL_PLAN["plan.yaml"].replace(
        "{name: Finance committee}", '{name: Finance committee, depends_on: ["finance/*"]}'
    )
    publish(planner, place, {"plan.yaml": header})
    signing.submit_plan(actor=planner, plan=place.plan)
    member = sign_in("board-member")
    for body, verdict, words in (
        ("Finance committee", "Approved with conditions", "Name an owner of each saving."),
        ("Governing body", "Approved", ""),
    ):
        member.goto(f"{START}signing/")
        member.get_by_label("For", exact=True).select_option(body)
        member.get_by_label(verdict, exact=True).check()
        member.get_by_label("Conditions (one on each line)").fill(words)
        member.get_by_role("button", name="Sign", exact=True).click()
    expect(member.get_by_text("Signed by every body")).to_be_visible()
    _open(member, "It is met")
    member.get_by_label("What shows it", exact=True).fill("The list of owners.")
    member.locator("input[type=file]").first.set_input_files(
        {"name": "owners.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 owners"}
    )
    member.get_by_role("button", name="The condition is met").click()
    expect(member.get_by_role("link", name="owners.pdf")).to_be_visible()
    publish(planner, place, {"narrative/01-about.md": "# About\n\nLate.\n"})
    member.goto(f"{START}signing/")
    expect(member.locator(".step", has_text="Finance committee").locator(".badge").first).to_have_text("signed")
    expect(member.locator(".step", has_text="Governing body").locator(".badge").first).to_have_text("re-opened")
    expect(member.get_by_text("changed since: narrative/01-about.md")).to_be_visible()


def test_a_regional_assurer_compares_two_places_and_raises_a_query(sign_in: SignIn, place: Workspace) -> None:
    header = SMALL_PLAN["plan.yaml"].replace("id: small-place", "id: other-place").replace("a small", "an other")
    texts = {**SMALL_PLAN, "plan.yaml": header}
    bring_in_plan(actor=None, organisation=place.own, texts=texts, message="First")
    page = sign_in("regional-assurer", of="region")
    page.goto("/places/")
    page.get_by_label("Plan of a small place").check()
    page.get_by_label("Plan of an other place").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("rowheader", name="Plan of an other place")).to_be_visible()
    page.get_by_role("row", name=re.compile("Plan of a small place")).locator("a[href$='/assurance/']").click()
    page.get_by_role("link", name="Raise, answer or close queries").click()
    page.get_by_label(re.compile("About which")).fill("finance/lines.csv")
    page.get_by_label("What", exact=True).fill("What does growth rest on?")
    page.get_by_role("button", name="Raise an assurance query").click()
    page.goto("/places/?plan=small-place&plan=other-place&sort=queries")
    expect(page.locator("table").first.locator("tbody tr").first).to_contain_text("Plan of a small place")


def test_an_assurer_judges_a_line_by_keyboard_alone(sign_in: SignIn, place: Workspace) -> None:
    page = sign_in("regional-assurer", of="region")
    page.goto(f"{START}assurance/")
    page.locator("#line-leadership summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("assured")
    page.keyboard.press("Tab")
    page.keyboard.type("The team is in place.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#line-leadership")).to_contain_text("The team is in place.")
    expect(page.locator("#line-leadership .judgement")).to_have_text("assured")
