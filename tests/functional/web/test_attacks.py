"""Attacks on every text that a plan holds, on every address, and on what a browser keeps.

The texts are found by the definitions of the tables, and the addresses by the routes: what is added is attacked too.
"""

import csv
import re
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from openpyxl import load_workbook
from tests.functional.web.accounts import LINK
from tests.functional.web.conftest import PASSWORD, Workspace, signed_in

from placeplan.app.building_texts import built_document
from placeplan.app.plan_texts import bundled_plans, read_texts, texts_of_folder
from placeplan.app.plan_uploads import workbook_of
from placeplan.kernel.errors import InputError
from placeplan.plan.model import TABLES
from placeplan.web.access.models import Membership
from placeplan.web.planning.actions import bring_in_plan
from placeplan.web.programs.actions import make_token

MARK = "mark-of-attack"
ATTACK = (
    f"=cmd|' /C {MARK}'!A0<script>alert(1)</script><img src=x onerror=alert(1)>#eval(\"1\")${{7*7}}{{{{7*7}}}}&amp;"
)
PLANS = ("kent-medway-2014", "west-kent-2017")
ADDED = {
    "waivers.csv": "code,subject,reason,author,expires\nPLN001,x,Because,Somebody,2027-01-01\n",
    "registers/goals.csv": (
        "goal,programme,action,reason,owner,source\n"
        "ambition-1,trauma,Networks,,Director,Page 1\nambition-2,trauma,,Not bought here,,Page 1\n"
    ),
    "people/segments.csv": (
        "scheme,period,segment,title,age_band,people,people_factor,spend,spend_factor,per_head,status,source\n"
        "whole,2014-15,frail,Frail people,75+,10,,,,,synthetic,Page 1\n"
    ),
    "finance/investments.csv": (
        "investment,service,title,funding,2014-15,2015-16,owner,line,source\n"
        "scanner,primary-care,A new scanner,growth,10,0,Director,Growth,Page 1\n"
    ),
    "finance/efficiency.csv": (
        "scheme,service,year,title,programme,gross,owner,provider,source\n"
        "beds,primary-care,2014-15,Fewer beds,Urgent care,40,Director,The hospital,Page 1\n"
    ),
    "finance/savings_delivered.csv": (
        "scheme,service,month,gross,note,source\nbeds,primary-care,2014-04,3,Staff came late,Page 1\n"
    ),
    "finance/spend_areas.csv": (
        "area,parent,title,lever,goal,target,2014-15,source\n"
        "all,,All care,,,3%,,Page 1\ndrugs,all,Drugs,price,2%,,100,Page 1\n"
    ),
}
"""Tables that no bundled plan has."""
OTHERS = ("swale-2016", "dgs-2016", "west-kent-2016")
ROWS = 2  # of each table: enough for every way on which a cell is shown, and quick
TODAY = date(2026, 11, 28)
LIVE = (b"<script>alert", b"<img src=x", b"onerror=alert(1)>")


def _texts_of(name: str) -> dict[str, str]:
    (folder,) = [each for each in bundled_plans() if each.name == name]
    return texts_of_folder(folder)


def _with_attack(text: str, heading: str) -> str:
    rows = list(csv.reader(StringIO(text)))
    place = rows[0].index(heading)
    for row in rows[1 : 1 + ROWS]:
        row[place] = f"{ATTACK}{row[place]}"
    written = StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue()


@cache
def _attacked(name: str) -> tuple[Mapping[str, str], frozenset[str]]:
    """A plan in which every text that may hold anything holds the attack; and the tables that it is in."""
    texts, reached = _texts_of(name), set()
    quoted = ATTACK.replace("'", "''")
    texts["plan.yaml"] = re.sub(r"(?m)^title: .*$", lambda _: f"title: '{quoted}'", texts["plan.yaml"])
    for section in [each for each in texts if each.startswith("narrative/")]:
        texts[section] = f"# {ATTACK}\n\n{ATTACK}\n\n| {ATTACK.replace('|', '')} |\n| --- |\n| x |\n\n{texts[section]}"
    if name == PLANS[0]:
        texts |= ADDED
    read_texts(texts)
    for table in TABLES:
        headings = texts.get(table.path, "").split("\n", 1)[0].split(",")
        for column in [each for each in table.columns if each.kind.name == "text" and each.name in headings]:
            tried = {**texts, table.path: _with_attack(texts[table.path], column.name)}
            try:
                read_texts(tried)
            except InputError:
                continue  # the field takes no such text
            texts = tried
            reached.add(table.path)
    return texts, frozenset(reached)


def _with_texts(table: object) -> bool:
    return any(each.kind.name == "text" for each in table.columns)  # type: ignore[attr-defined]  # a Table


def test_every_table_is_attacked() -> None:
    reached = {path for name in (*PLANS, *OTHERS) for path in _attacked(name)[1]}
    assert {table.path for table in TABLES if _with_texts(table)} == reached


@pytest.mark.parametrize("name", PLANS)
def test_no_text_of_a_plan_is_markup_in_its_document(name: str) -> None:
    content = built_document(_attacked(name)[0], form="html", today=TODAY, progress=lambda _: None)
    assert MARK.encode() in content
    assert not [each for each in LIVE if each in content]


@pytest.mark.parametrize("name", PLANS[:1])
def test_no_text_of_a_plan_is_code_in_its_pdf(name: str, tmp_path: Path) -> None:
    content = built_document(_attacked(name)[0], form="pdf", today=TODAY, progress=lambda _: None)
    assert not re.search(rb"/(JavaScript|JS|Launch|OpenAction|AA|EmbeddedFile)\b", content)
    file = tmp_path / "plan.pdf"
    file.write_bytes(content)
    text = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, text=True, check=True).stdout
    told = re.sub(r"\s+", "", text)
    assert '#eval("1")${7*7}{{7*7}}' in told.replace("“", '"').replace("”", '"')


@pytest.mark.parametrize("name", PLANS[:1])
def test_no_text_of_a_plan_is_a_field_or_a_link_in_its_word_document(name: str) -> None:
    content = built_document(_attacked(name)[0], form="docx", today=TODAY, progress=lambda _: None)
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = {each: package.read(each).decode() for each in package.namelist() if each.endswith((".xml", ".rels"))}
    document = parts["word/document.xml"]
    assert MARK in document
    assert "<script>alert" not in document
    instructions = re.findall(r"<w:instrText[^>]*>([^<]*)<|w:instr=\"([^\"]*)\"", document)
    assert not [each for each in instructions if MARK in "".join(each)]
    assert not [each for name, each in parts.items() if name.endswith(".rels") and MARK in each]


@pytest.mark.parametrize("name", [*PLANS, *OTHERS])
def test_no_text_of_a_plan_is_a_formula_in_its_workbooks(name: str) -> None:
    texts = _attacked(name)[0]
    for content in (workbook_of(texts), built_document(texts, form="xlsx", today=TODAY, progress=lambda _: None)):
        book = load_workbook(BytesIO(content))
        cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
        held = [cell for cell in cells if MARK in str(cell.value)]
        assert held
        assert not [cell.coordinate for cell in held if cell.data_type == "f" or cell.hyperlink]
        assert not [name for name, each in book.defined_names.items() if MARK in str(each.attr_text)]


@pytest.fixture
def attacked(workspace: Workspace, request: pytest.FixtureRequest) -> Client:
    """Somebody who sees a plan that is full of attacks, also in a draft."""
    texts = _attacked(request.param)[0]
    bring_in_plan(actor=None, organisation=workspace.own, texts=texts, message=ATTACK)
    return signed_in(workspace.person("planner", name=ATTACK.replace("|", "").replace(" ", "-")[:60]))


def _pages(resolver: URLResolver, *, before: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        address = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _pages(each, before=address)
        elif isinstance(each, URLPattern):
            yield f"/{address}"


FILLED = {"number": "1", "name": "finance/lines.csv", "form": "html", "thread": "1", "secret": "x", "row": "1"}


def _filled(address: str, slug: str) -> str:
    def fill(found: re.Match[str]) -> str:
        return slug if found[2] == "slug" else FILLED.get(found[2], "1" if found[1] == "int" else "x")

    return re.sub(r"<(\w+):(\w+)>", fill, address)


@pytest.mark.parametrize("attacked", PLANS, indirect=True)
def test_no_text_of_a_plan_is_markup_on_any_page(attacked: Client, request: pytest.FixtureRequest) -> None:
    slug = request.node.callspec.params["attacked"]
    tables = {f"/plans/{slug}/sections/{each}" for each in _attacked(slug)[0]}
    addresses = {
        _filled(each, slug) for each in _pages(get_resolver()) if not each.startswith(("/api/", "/health/"))
    } | tables
    marked = 0
    for address in sorted(addresses):
        answer = attacked.get(address)
        assert answer.status_code < 500, address
        if answer.status_code == 200 and "html" in answer["Content-Type"] and not answer.streaming:
            marked += MARK.encode() in answer.content
            assert not [each for each in LIVE if each in answer.content], address
    assert marked > 40, "what was typed is shown, as text"


WAYS_OUT = ("https://evil.example/", "//evil.example/", "/\\evil.example", "https:evil.example", "javascript:alert(1)")


def _leads_away(answer: HttpResponse) -> bool:
    return "evil" in answer.get("Location", "") or "javascript" in answer.get("Location", "")


def test_no_address_leads_to_another_site(workspace: Workspace) -> None:
    client = signed_in(workspace.person("planner"))
    for address in sorted({_filled(each, "small-place") for each in _pages(get_resolver()) if "api/" not in each}):
        if address == "/sign-out/":
            continue
        for way in WAYS_OUT[:2]:
            query = dict.fromkeys(("next", "url", "return", "to", "redirect"), way)
            assert not _leads_away(client.get(address, query)), address
            assert not _leads_away(client.post(address, query)), address


@pytest.mark.parametrize("way", WAYS_OUT)
def test_signing_in_leads_to_pages_of_this_site(workspace: Workspace, way: str) -> None:
    person = workspace.person("planner")
    sent = {"email": person.email, "password": PASSWORD, "next": way}
    assert Client().post("/sign-in/", sent)["Location"] == "/"
    waits = Client().get("/places/", {"next": way})
    assert waits["Location"].startswith("/sign-in/?next=/places/")


def test_a_forged_name_of_the_site_makes_no_link(workspace: Workspace) -> None:
    person = workspace.person("clinician")
    client = signed_in(workspace.person("administrator"))
    answer = client.post(f"/people/{person.pk}/link/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    answer = client.post(f"/people/{person.pk}/link/", headers={"X-Forwarded-Host": "evil.example"})
    assert LINK.search(answer.content.decode())
    assert b"evil.example" not in answer.content


def test_every_answer_keeps_to_itself(workspace: Workspace) -> None:
    client = signed_in(workspace.person("planner"))
    for address in ("/", "/sign-in/", "/account/", "/account/second-factor/", "/tokens/", "/no-such-page/"):
        answer = client.get(address)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert not re.search(r"unsafe|\*|http", policy)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["X-Frame-Options"] == "DENY"
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_pages_with_a_secret_are_kept_by_no_cache(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    make_token(actor=planner, membership=Membership.objects.get(person=planner), name="x")
    administrator = signed_in(workspace.person("administrator"))
    client = signed_in(planner)
    answers = [client.get(each) for each in ("/tokens/", "/account/second-factor/", "/sign-in/", "/password/x/")]
    answers.append(administrator.post(f"/people/{planner.pk}/link/"))
    assert all("no-store" in answer["Cache-Control"] for answer in answers)


FIELDS = ("email", "password", "code", "old", "new", "again", "name", "role", "days", "next", "organisation", "to")
FORMS = (
    "/sign-in/",
    "/sign-in/code/",
    "/account/password/",
    "/account/second-factor/",
    "/account/recovery-codes/",
    "/people/",
    "/tokens/",
    "/password/x/",
)


@pytest.mark.parametrize(
    "value", ["\0", "\u2028", "x" * 100_000, "%00", "'; DROP TABLE x; --", "\U0001f600", "9" * 400]
)
def test_no_field_of_an_account_is_a_fault(workspace: Workspace, value: str) -> None:
    client = signed_in(workspace.person("administrator"))
    client.raise_request_exception = False
    for field in FIELDS:
        given = {"email": "a@place.example", "name": "x", "organisation": "small-place", "role": "planner"}
        for address in FORMS:
            assert client.post(address, {**given, field: value}).status_code < 500, (address, field)
            assert client.get(address, {**given, field: value}).status_code < 500, (address, field)
