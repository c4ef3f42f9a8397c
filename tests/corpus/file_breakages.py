"""Ways to break the folder itself: files that are missing, misnamed, odd or not to be opened, texts and scenarios."""

from tests.corpus.broken_plan import Expected, Folder, Holes, Link, Locked, Pipe
from tests.corpus.draft import Draft
from tests.corpus.registry import breakage

SCENARIO = "scenarios/what-if.yaml"
TOO_LARGE = 64 * 1024 * 1024 + 1


def _scenario(overrides: str) -> str:
    return f"scenario: what-if\ntitle: What if\noverrides:\n{overrides}"


def _any_file(draft: Draft) -> str:
    return draft.random.choice(["plan.yaml", *draft.table_names()])


@breakage
def file_is_a_folder(draft: Draft) -> Expected:
    """A folder has the name of a file."""
    name = _any_file(draft)
    draft.put(name, Folder())
    return Expected(name, words="not a file")


@breakage
def file_is_a_pipe(draft: Draft) -> Expected:
    """A pipe has the name of a file: opening it would wait for ever."""
    name = _any_file(draft)
    draft.put(name, Pipe())
    return Expected(name, words="not a file")


@breakage
def file_is_a_link_outside(draft: Draft) -> Expected:
    """A link leads out of the plan."""
    name = _any_file(draft)
    draft.put(name, Link("/etc/hostname"))
    return Expected(name)


@breakage
def file_is_a_link_up(draft: Draft) -> Expected:
    """A link climbs out of the plan."""
    draft.put("../outside.csv", draft.entries["plan.yaml"])
    name = draft.random.choice(draft.table_names())
    draft.put(name, Link("../../outside.csv"))
    return Expected(name, words="outside")


@breakage
def file_is_a_link_to_nothing(draft: Draft) -> Expected:
    """A link leads nowhere."""
    name = _any_file(draft)
    draft.put(name, Link("not-there"))
    return Expected(name, words="not a file")


@breakage
def file_is_a_link_to_itself(draft: Draft) -> Expected:
    """A link leads to itself."""
    name = _any_file(draft)
    draft.put(name, Link(name.rpartition("/")[2]))
    return Expected(name, words="not a file")


@breakage
def folder_is_a_link_outside(draft: Draft) -> Expected:
    """A folder of the plan is a link to a folder elsewhere."""
    draft.put("../elsewhere/summary.md", b"secret")
    for name in [name for name in draft.entries if name.startswith("narrative/")]:
        del draft.entries[name]
    draft.put("narrative", Link("../elsewhere"))
    return Expected("narrative/summary.md", words="outside")


@breakage
def folder_is_a_file(draft: Draft) -> Expected:
    """A file has the name of a folder."""
    for name in [name for name in draft.entries if name.startswith("performance/")]:
        del draft.entries[name]
    draft.put("performance", b"not a folder")
    return Expected("performance", words="not a folder")


@breakage
def folder_misspelt(draft: Draft) -> Expected:
    """The folder of the tables has a capital letter."""
    for name in [name for name in draft.entries if name.startswith("finance/")]:
        draft.entries[name.replace("finance", "Finance")] = draft.entries.pop(name)
    return Expected("Finance", words="folder")


@breakage
def file_locked(draft: Draft) -> Expected:
    """A file may not be opened (as the super-user it opens, and is empty)."""
    name = _any_file(draft)
    draft.put(name, Locked())
    return Expected(name)


@breakage
def file_huge(draft: Draft) -> Expected:
    """A file is larger than is read."""
    name = _any_file(draft)
    draft.put(name, Holes(TOO_LARGE))
    return Expected(name, words="bytes")


@breakage
def file_misspelt(draft: Draft) -> Expected:
    """A table's file is misspelt."""
    name = draft.random.choice([name for name in draft.table_names() if "/" in name])
    other = name.replace(".csv", "s.csv")
    draft.entries[other] = draft.entries.pop(name)
    return Expected(other, words="not part of a plan")


@breakage
def file_with_capitals(draft: Draft) -> Expected:
    """A table's file ends in .CSV."""
    name = draft.random.choice([name for name in draft.table_names() if "/" in name])
    other = name.replace(".csv", ".CSV")
    draft.entries[other] = draft.entries.pop(name)
    return Expected(other, words="not part of a plan")


@breakage
def file_name_not_text(draft: Draft) -> Expected:
    """A file's name holds a byte that is no text."""
    draft.put("finance/l\udcffnes.csv", b"service\n")
    return Expected("finance/l", words="not part of a plan")


@breakage
def files_without_end(draft: Draft) -> Expected | None:
    """The plan has thousands of texts."""
    if draft.plan != "swale-2016":
        return None
    draft.entries |= {f"narrative/text-{number}.md": b"" for number in range(2_001)}
    return Expected(words="files")


@breakage
def narrative_misnamed(draft: Draft) -> Expected:
    """A text's name has a space and an accent."""
    draft.put("narrative/Zusammenfassung für alle.md", b"# Text\n")
    return Expected("narrative/", words="not part of a plan")


@breakage
def narrative_latin_1(draft: Draft) -> Expected:
    """A text holds a pound sign in an old encoding."""
    draft.put("narrative/summary.md", b"# Money\n\n\xa3 4 million\n")
    return Expected("narrative/summary.md", 3, "UTF-8")


@breakage
def narrative_null_character(draft: Draft) -> Expected:
    """A text is written in UTF-16 without a mark."""
    draft.put("narrative/summary.md", "# Money\n".encode("utf-16-le"))
    return Expected("narrative/summary.md", 1, "null character")


@breakage
def narrative_utf_16(draft: Draft) -> Expected:
    """A text is written in UTF-16."""
    draft.put("narrative/summary.md", "# Money\n".encode("utf-16"))
    return Expected("narrative/summary.md", 1, "UTF-16")


@breakage
def narrative_is_a_pipe(draft: Draft) -> Expected:
    """A text is a pipe."""
    draft.put("narrative/summary.md", Pipe())
    return Expected("narrative/summary.md", words="not a file")


@breakage
def scenario_called_yml(draft: Draft) -> Expected:
    """A scenario's file ends in .yml."""
    draft.put("scenarios/what-if.yml", _scenario(""))
    return Expected("scenarios/what-if.yml", words="not part of a plan")


@breakage
def scenario_without_overrides(draft: Draft) -> Expected:
    """A scenario sets nothing."""
    draft.put(SCENARIO, _scenario("").replace("overrides:\n", "overrides: []\n"))
    return Expected(SCENARIO, 3)


@breakage
def scenario_of_an_unknown_table(draft: Draft) -> Expected:
    """A scenario sets a cell of a table that there is not."""
    draft.put(SCENARIO, _scenario("  - {table: finance/nothing.csv, row: {line: QIPP}, column: 2014-15, value: 1}\n"))
    return Expected(SCENARIO, 4, "no table")


@breakage
def scenario_of_a_missing_row(draft: Draft) -> Expected:
    """A scenario sets a cell of a row that there is not."""
    draft.put(
        SCENARIO, _scenario("  - {table: finance/lines.csv, row: {line: No such line}, column: 2014-15, value: 1}\n")
    )
    return Expected(SCENARIO, 4, "no rows")


@breakage
def scenario_of_an_unknown_key(draft: Draft) -> Expected:
    """A scenario names a row by a column that is not part of the key."""
    draft.put(SCENARIO, _scenario("  - {table: finance/stated.csv, row: {colour: blue}, column: value, value: 1}\n"))
    return Expected(SCENARIO, 4, "colour")


@breakage
def scenario_sets_a_key(draft: Draft) -> Expected:
    """A scenario changes the name of a row."""
    return _override(draft, "source", "elsewhere", words="cannot be set")


@breakage
def scenario_of_an_unknown_column(draft: Draft) -> Expected:
    """A scenario sets a column that there is not."""
    return _override(draft, "colour", "blue", words="no column")


@breakage
def scenario_with_a_bad_value(draft: Draft) -> Expected:
    """A scenario sets a number to a word."""
    return _override(draft, "value", "plenty", words="cannot be read")


@breakage
def scenario_blanks_a_required_cell(draft: Draft) -> Expected:
    """A scenario clears a cell that must be filled in."""
    return _override(draft, "value", "' '", words="blank")


def _override(draft: Draft, column: str, value: str, *, words: str) -> Expected:
    figure, source = "finance.corpus.2014-15.total", "corpus"
    table = draft.table("finance/stated.csv")
    added = {"figure": figure, "value": "1", "source": source}
    table.rows.append([added.get(heading, "") for heading in table.headings])
    draft.put(table.path, table.text())
    row = f"{{figure: {figure}, source: {source}}}"
    draft.put(SCENARIO, _scenario(f"  - {{table: finance/stated.csv, row: {row}, column: {column}, value: {value}}}\n"))
    return Expected(SCENARIO, 4, words)


@breakage
def scenario_twice(draft: Draft) -> Expected:
    """Two scenarios have one name."""
    _override(draft, "value", "2", words="")
    draft.put("scenarios/what-if-again.yaml", draft.entries[SCENARIO])
    return Expected("scenarios/what-if", words="two scenarios")


@breakage
def scenario_not_a_table(draft: Draft) -> Expected:
    """A scenario is a list of words."""
    draft.put(SCENARIO, "- one\n- two\n")
    return Expected(SCENARIO)


@breakage
def scenario_empty(draft: Draft) -> Expected:
    """A scenario's file is empty."""
    draft.put(SCENARIO, b"")
    return Expected(SCENARIO)
