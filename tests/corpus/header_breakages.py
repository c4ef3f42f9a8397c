"""Ways to break ``plan.yaml``."""

from tests.corpus.broken_plan import Expected
from tests.corpus.draft import Draft
from tests.corpus.registry import breakage

HEADER = "plan.yaml"
LAUGHS = "".join(f"l{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 9)}]\n" for level in range(1, 10))

REPLACED = {
    "header-years-out-of-order": ("years:", "years: [2015-16, 2014-15]", "follow"),
    "header-year-gap": ("years:", "years: [2014-15, 2016-17]", "follow"),
    "header-no-years": ("years:", "years: []", ""),
    "header-year-of-two-years": ("years:", "years: [2014-16]", "not a financial year"),
    "header-year-in-words": ("years:", "years: [next year]", "not a financial year"),
    "header-years-not-a-list": ("years:", "years: 2014-15", "list"),
    "header-unknown-unit": ("money:", "money: EUR thousand", ""),
    "header-unknown-format": ("format:", "format: 99", ""),
    "header-format-in-words": ("format:", "format: newest", ""),
    "header-title-empty": ("title:", "title: ''", ""),
    "header-title-a-number": ("title:", "title: 2014", "text"),
    "header-round-misspelt": ("round:", "round: '2014 / 15'", ""),
    "header-unclosed-quote": ("title:", 'title: "Operational plan', ""),
    "header-unclosed-bracket": ("years:", "years: [2014-15", ""),
    "header-tag": ("title:", "title: !!python/object/apply:os.system ['true']", "type"),
    "header-anchor": ("title:", "title: &name Plan", "&name"),
    "header-alias": ("title:", "title: *name", "*name"),
    "header-two-colons": ("title:", "title: plan: for two years", "colon"),
    "header-control-character": ("title:", "title: bell \x07", "control"),
    "header-bad-date": ("as_at:", "as_at: 2014-02-30", "date"),
}

APPENDED = {
    "header-unknown-key": ("colour: blue\n", "colour"),
    "header-key-misspelt": ("titel: A plan\n", "titel"),
    "header-duplicate-key": ("title: Another plan\n", "title"),
    "header-tab": ("extra:\n\tinner: 1\n", ""),
    "header-merge-key": ("<<: {title: merged}\n", "<<"),
    "header-second-document": ("---\ntitle: another\n", "second"),
    "header-nested-too-deep": (f"extra: {'[' * 200}{']' * 200}\n", "deep"),
    "header-nested-very-deep": (f"extra: {'[' * 100_000}", "deep"),
    "header-billion-laughs": (LAUGHS, ""),
    "header-nothing-but-a-dash": ("-\n", ""),
    "header-long-number": (f"as_at: {'9' * 6000}\n", ""),
}

WHOLE = {
    "header-empty": b"",
    "header-only-a-comment": b"# to be written\n",
    "header-a-list": b"- title\n- years\n",
    "header-a-word": b"plan\n",
    "header-a-table": b"service,line\nprimary-care,QIPP\n",
    "header-null-characters": b"\0" * 400,
    "header-a-picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
}


@breakage
def header_missing(draft: Draft) -> Expected:
    """There is no plan.yaml."""
    del draft.entries[HEADER]
    return Expected(HEADER, words="missing")


@breakage
def header_called_yml(draft: Draft) -> Expected:
    """The file is called plan.yml."""
    draft.entries["plan.yml"] = draft.entries.pop(HEADER)
    return Expected(HEADER, words="missing")


@breakage
def header_utf_16(draft: Draft) -> Expected:
    """The file is written in UTF-16."""
    draft.put(HEADER, draft.text(HEADER).encode("utf-16"))
    return Expected(HEADER, 1, "UTF-16")


@breakage
def header_latin_1(draft: Draft) -> Expected:
    """A line holds a pound sign in an old encoding."""
    line = draft.append(HEADER, "")
    draft.put(HEADER, draft.text(HEADER).encode() + b"# \xa3\n")
    return Expected(HEADER, line, "UTF-8")


@breakage
def header_huge(draft: Draft) -> Expected:
    """The file has more than four million characters."""
    draft.append(HEADER, "# " + "long " * 900_000)
    return Expected(HEADER, words="characters")


@breakage
def header_key_missing(draft: Draft) -> Expected:
    """A key that must be there is not."""
    key = draft.random.choice(["round", "money", "place", "title", "id", "format"])
    draft.replace_line(HEADER, f"{key}:", by="")
    return Expected(HEADER, words=key)


@breakage
def header_service_twice(draft: Draft) -> Expected:
    """Two services have one name."""
    line = draft.line_starting(HEADER, "  - id: ")
    service = draft.text(HEADER).split("\n")[line - 1].removeprefix("  - id: ")
    draft.replace_line(HEADER, "services:", by=f"services:\n  - id: {service}\n    name: Another")
    return Expected(HEADER, words="two services")


@breakage
def header_service_renamed(draft: Draft) -> Expected | None:
    """A service is called otherwise than in the tables."""
    if not any("service" in draft.table(name).headings for name in draft.table_names()):
        return None
    draft.replace_line(HEADER, "  - id: ", by="  - id: quite-another")
    return Expected(words="there is no service")


def _replaced(start: str, by: str, *, words: str) -> object:
    def break_header(draft: Draft) -> Expected:
        draft.replace_line(HEADER, start, by=by)
        return Expected(HEADER, words=words)

    return break_header


def _appended(text: str, words: str) -> object:
    def break_header(draft: Draft) -> Expected:
        draft.append(HEADER, text)
        return Expected(HEADER, words=words)

    return break_header


def _whole(content: bytes) -> object:
    def break_header(draft: Draft) -> Expected:
        draft.put(HEADER, content)
        return Expected(HEADER)

    return break_header


for _kind, (_start, _by, _words) in REPLACED.items():
    breakage(_replaced(_start, _by, words=_words), kind=_kind)
for _kind, (_text, _words) in APPENDED.items():
    breakage(_appended(_text, _words), kind=_kind)
for _kind, _content in WHOLE.items():
    breakage(_whole(_content), kind=_kind)
