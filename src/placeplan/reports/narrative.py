"""The plan's own text: Markdown becomes parts of the document, and its figures become quotations.

``{{ finance.public-health.2014-15.total }}`` prints the figure itself.
``[£2.4m](figure:-finance.public-health.2014-15.cumulative)`` keeps the number as typed and ties it to the figure (here
to its negative); a check compares the two.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from placeplan.kernel.figures import Figures
from placeplan.kernel.wording import UNKNOWN, worded
from placeplan.plan.narrative_references import FIGURE_SCHEME, PLACEHOLDER
from placeplan.reports.document import (
    Block,
    BulletList,
    Cell,
    Column,
    Inline,
    Link,
    Paragraph,
    Row,
    Runs,
    Section,
    Table,
    Text,
)
from placeplan.reports.quoting import quote

_NUMBER = re.compile(r"^[-+(]?£?[\d.,]+ ?(%|k|m|bn|[a-zA-Z]*)\)?$")


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.validateLink = lambda url: url.startswith(("https://", "http://", "mailto:", "#", FIGURE_SCHEME))  # type: ignore[method-assign]
    return markdown


def sections_of(text: str, figures: Figures, *, section_id: str) -> Section:
    """A Markdown text as a section; its first heading is the title, deeper headings become sections inside it."""
    tokens = _markdown().parse(text)
    reader = _Reader(figures, section_id)
    return reader.section(tokens)


class _Reader:
    """Reads the tokens of one text."""

    def __init__(self, figures: Figures, section_id: str) -> None:
        self.figures, self.section_id = figures, section_id
        self.tables = 0

    def section(self, tokens: Sequence[Token]) -> Section:
        """The whole text."""
        title, blocks, inner = "", [], []  # type: tuple[str, list[Block], list[Section]]
        current = blocks
        for heading, content in _parts(tokens):
            found = list(self.blocks(content))
            if heading is None or not title:
                title = heading or title
                current.extend(found)
            else:
                inner.append(Section(f"{self.section_id}-{len(inner) + 1}", heading, tuple(found)))
        return Section(self.section_id, title or self.section_id, tuple(blocks), tuple(inner))

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Block]:
        """Paragraphs, lists and tables."""
        index = 0
        while index < len(tokens):
            end = _closing(tokens, index)
            yield from self._block(tokens[index : end + 1])
            index = end + 1

    def _block(self, tokens: Sequence[Token]) -> Iterator[Block]:
        kind = tokens[0].type
        if kind in {"bullet_list_open", "ordered_list_open"}:
            yield BulletList(tuple(self._items(tokens)), ordered=kind.startswith("ordered"))
        elif kind == "table_open":
            yield self._table(tokens)
        elif kind == "paragraph_open":
            yield Paragraph(self.runs(tokens[1]))
        elif kind in {"fence", "code_block"}:
            yield Paragraph((Text(tokens[0].content.rstrip("\n"), code=True),))
        elif kind == "blockquote_open":
            yield from self.blocks(tokens[1:-1])

    def _items(self, tokens: Sequence[Token]) -> Iterator[Runs]:
        """Each point of a list; a list inside a point joins the points of its parent."""
        for token in tokens:
            if token.type == "inline":
                yield self.runs(token)

    def _table(self, tokens: Sequence[Token]) -> Table:
        rows: list[list[Token]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(token)
        self.tables += 1
        body = tuple(Row(tuple(Cell(self.runs(token)) for token in row)) for row in rows[1:])
        return Table(
            id=f"{self.section_id}-table-{self.tables}",
            caption=f"Table {self.tables} of this text",
            columns=tuple(
                Column(_plain(token), numeric=_numeric(body, number)) for number, token in enumerate(rows[0])
            ),
            rows=body,
        )

    def runs(self, token: Token) -> Runs:
        """The words of one paragraph, point or cell."""
        return tuple(self._runs(token.children or []))

    def _runs(self, children: Sequence[Token]) -> Iterator[Inline]:
        strong = emphasis = False
        target: str | None = None
        for child in children:
            if child.type in {"strong_open", "strong_close"}:
                strong = child.type == "strong_open"
            elif child.type in {"em_open", "em_close"}:
                emphasis = child.type == "em_open"
            elif child.type in {"link_open", "link_close"}:
                target = str(child.attrs["href"]) if child.type == "link_open" else None
            elif child.type in {"softbreak", "hardbreak"}:
                yield Text(" ")
            elif child.type == "code_inline":
                yield Text(child.content, code=True)
            elif target is not None:
                yield self._linked(child.content, target)
            else:
                yield from self._text(child.content, strong=strong, emphasis=emphasis)

    def _linked(self, words: str, target: str) -> Inline:
        if not target.startswith(FIGURE_SCHEME):
            return Link(words, target)
        figure = self.figures.get(target.removeprefix(FIGURE_SCHEME).removeprefix("-"))
        return Text(words) if figure is None else quote(figure, printed=words)

    def _text(self, text: str, *, strong: bool, emphasis: bool) -> Iterator[Inline]:
        position = 0
        for match in PLACEHOLDER.finditer(text):
            if match.start() > position:
                yield Text(text[position : match.start()], strong=strong, emphasis=emphasis)
            yield self._figure(match["figure"], negative=bool(match["minus"]))
            position = match.end()
        if position < len(text):
            yield Text(text[position:], strong=strong, emphasis=emphasis)

    def _figure(self, figure_id: str, *, negative: bool) -> Inline:
        figure = self.figures.get(figure_id)
        if figure is None:
            return Text(f"{UNKNOWN} (no figure is called {figure_id})", strong=True)
        if negative and figure.value is not None:
            return quote(figure, printed=worded(-figure.value, figure.unit))
        return quote(figure)


def _parts(tokens: Sequence[Token]) -> Iterator[tuple[str | None, list[Token]]]:
    """The text cut at its headings."""
    heading: str | None = None
    content: list[Token] = []
    index = 0
    while index < len(tokens):
        if tokens[index].type == "heading_open":
            if content or heading is not None:
                yield heading, content
            heading, content = _plain(tokens[index + 1]), []
            index += 3
        else:
            content.append(tokens[index])
            index += 1
    yield heading, content


def _closing(tokens: Sequence[Token], start: int) -> int:
    """Where the block that starts here ends."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def _plain(token: Token) -> str:
    return "".join(child.content or " " for child in token.children or [])


def _numeric(rows: tuple[Row, ...], number: int) -> bool:
    """Whether every cell of a column is a number."""
    texts = [
        "".join(getattr(run, "printed", getattr(run, "text", "")) for run in row.cells[number].runs)
        for row in rows
        if number < len(row.cells)
    ]
    return number > 0 and bool(texts) and all(_NUMBER.match(text.strip()) for text in texts)
