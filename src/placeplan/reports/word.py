"""The document for Word: real headings, captions, tables whose heads repeat, and pictures with alternative text.

Every figure links to its derivation at the end. The same document gives the same bytes: the archive is packed again
with one date, and the properties carry the day of the plan.
"""

import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time
from functools import partial
from io import BytesIO
from typing import Any

import docx as library
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from placeplan.reports import document as tree
from placeplan.reports.drawing import png, svg

FONT = "Arial"
BLUE, SOFT = RGBColor(0x00, 0x5E, 0xB8), RGBColor(0x4C, 0x62, 0x72)
TONES = {
    tree.Tone.GOOD: RGBColor(0x00, 0x67, 0x3B),
    tree.Tone.NEAR: RGBColor(0x6B, 0x5B, 0x00),
    tree.Tone.BAD: RGBColor(0xA2, 0x23, 0x1D),
    tree.Tone.QUIET: SOFT,
}
FILLS = {
    tree.Tone.LOW: "E3F2EA",
    tree.Tone.MODERATE: "FFF6D6",
    tree.Tone.HIGH: "FCDCC0",
    tree.Tone.EXTREME: "F6C4C0",
}
TOTAL_FILL, NOTE_FILL, RULE = "E8EDEE", "F0F4F5", "C5CDD3"
PAGE_WIDTH, CHART_WIDTH, NARROW_CHART_WIDTH, DEEPEST = Mm(174), Mm(150), Mm(100), 4
FEW_COLUMNS, SOME_COLUMNS = 4, 6
FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)


def docx(document: tree.Document) -> bytes:
    """Write a document."""
    writer = _Writer(tree.readable(document))
    writer.write()
    packed = BytesIO()
    writer.out.save(packed)
    return repacked(packed.getvalue())


def repacked(archive: bytes) -> bytes:
    """The same archive with one date on every file in it."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(zipfile.ZipInfo(name, FIRST_DAY_OF_ZIP), before.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


class _Writer:
    """Writes one document; python-docx keeps the file as one mutable thing."""

    def __init__(self, document: tree.Document) -> None:
        self.document = document
        self.out: Any = library.Document()
        parts = (part for part in tree.parts_of(document.sections) if isinstance(part, tree.Derivation))
        self.bookmarks = {part.anchor: f"figure{number}" for number, part in enumerate(parts, start=1)}
        self.blocks: dict[type, Callable[[Any], None]] = {
            tree.Paragraph: lambda block: self.paragraph(block.runs),
            tree.BulletList: self.points,
            tree.Table: self.table,
            tree.Chart: self.chart,
            tree.Note: self.note,
            tree.PageOnAPage: self.slots,
            tree.FindingGroup: self.findings,
            tree.Derivations: self.derivations,
        }

    def write(self) -> None:
        """The whole document."""
        self._set_up()
        title = self.out.add_heading(self.document.title, level=0)
        title.style.font.color.rgb = BLUE
        self.out.add_paragraph(f"{self.document.subtitle}, as at {self.document.dated_words}", style="Subtitle")
        for mark in self.document.marks:
            self.note(mark)
        for section in self.document.sections:
            self.section(section, level=1)

    def _set_up(self) -> None:
        day = datetime.combine(self.document.dated, time())
        properties = self.out.core_properties
        properties.title, properties.author = self.document.title, self.document.subtitle
        properties.created = properties.modified = day
        properties.last_modified_by, properties.revision, properties.language = "Placeplan", 1, "en-GB"
        page = self.out.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin = page.right_margin = Mm(18)
        if self.document.synthetic:
            page.header.paragraphs[0].text = "Synthetic: every figure in this document is made up"
        names = ("Normal", "Title", "Subtitle", "Caption", *(f"Heading {level}" for level in range(1, DEEPEST + 1)))
        for name in names:
            _set_font(self.out.styles[name])
        self.out.styles["Normal"].font.size = Pt(10)

    def section(self, section: tree.Section, *, level: int) -> None:
        """A heading and what stands under it."""
        self.out.add_heading(section.title, level=min(level, DEEPEST))
        for block in section.blocks:
            self.blocks[type(block)](block)
        for inner in section.sections:
            self.section(inner, level=level + 1)

    def paragraph(self, runs: tree.Runs, *, style: str | None = None) -> Any:
        """A paragraph of runs."""
        paragraph = self.styled(style)
        self.fill(paragraph, runs)
        return paragraph

    def styled(self, style: str | None) -> Any:
        """An empty paragraph. ``style`` is an identifier: looking a style up by its name takes longer than the rest."""
        paragraph = self.out.add_paragraph()
        if style:
            paragraph._p.style = style  # noqa: SLF001
        return paragraph

    def fill(self, paragraph: Any, runs: tree.Runs, *, tone: tree.Tone = tree.Tone.PLAIN, bold: bool = False) -> None:
        """Put runs into a paragraph."""
        for each in runs:
            if isinstance(each, tree.Quoted):
                self._quoted(paragraph, each, bold=bold)
                continue
            text = "†" if isinstance(each, tree.Unconfirmed) else each.text
            run = paragraph.add_run(text)
            if bold or (isinstance(each, tree.Text) and each.strong):
                run.bold = True
            if isinstance(each, tree.Text) and each.emphasis:
                run.italic = True
            if tone in TONES:
                run.font.color.rgb = TONES[tone]

    def _quoted(self, paragraph: Any, quoted: tree.Quoted, *, bold: bool) -> None:
        run = paragraph.add_run(quoted.printed)
        if bold:
            run.bold = True
        name = self.bookmarks.get(quoted.anchor)
        if name is not None:
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), name)
            link.set(qn("w:tooltip"), quoted.label[:250])
            paragraph._p.replace(run._r, link)  # noqa: SLF001 - the library has no internal links
            link.append(run._r)  # noqa: SLF001
        if quoted.unconfirmed:
            paragraph.add_run("†").font.superscript = True

    def points(self, block: tree.BulletList) -> None:
        """A list."""
        for item in block.items:
            self.paragraph(item, style="ListNumber" if block.ordered else "ListBullet")

    def note(self, block: tree.Note) -> None:
        """A paragraph that stands apart."""
        paragraph = self.paragraph((tree.Text(f"{block.title}. ", strong=True), *block.runs))
        _shade(paragraph._p.get_or_add_pPr(), NOTE_FILL)  # noqa: SLF001 - the library has no shading

    def caption(self, text: str) -> None:
        """A caption, kept with what it names."""
        mark = " (synthetic)" if self.document.synthetic else ""
        caption = self.styled("Caption")
        caption.add_run(text + mark)
        caption.paragraph_format.keep_with_next = True

    def table(self, block: tree.Table) -> None:
        """A caption, the table with a head that repeats, and its notes."""
        self.caption(block.caption)
        count = len(block.columns)
        table = self.out.add_table(rows=0, cols=count, style="Table Grid")
        table.autofit = False
        _light_borders(table)
        size = Pt(9 if count <= FEW_COLUMNS else 8 if count <= SOME_COLUMNS else 7)
        widths = tuple(_widths(block.columns))
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        row = partial(self._row, table, columns=block.columns, widths=widths, size=size)
        row(tuple(tree.Cell((tree.Text(column.heading),)) for column in block.columns), kind=tree.RowKind.SUBTOTAL)
        _repeat(table.rows[0])
        for each in block.rows:
            row(each.cells, kind=each.row_kind)
        for note in block.notes:
            self.paragraph(note)
        self.out.add_paragraph()

    def _row(
        self,
        table: Any,
        cells: tuple[tree.Cell, ...],
        *,
        columns: Sequence[tree.Column],
        widths: Sequence[int],
        size: Pt,
        kind: tree.RowKind,
    ) -> None:
        bold = kind is not tree.RowKind.PLAIN
        fill = TOTAL_FILL if kind is tree.RowKind.TOTAL else ""
        for made, cell, column, width in zip(table.add_row().cells, cells, columns, widths, strict=False):
            made.width = width
            paragraph = made.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            if column.numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            self.fill(paragraph, cell.runs, tone=cell.tone, bold=bold)
            for run in paragraph._p.iter(qn("w:r")):  # noqa: SLF001 - runs inside links too
                _set_size(run, size)
            if fill or cell.tone in FILLS:
                _shade(made._tc.get_or_add_tcPr(), FILLS.get(cell.tone, fill))  # noqa: SLF001

    def chart(self, block: tree.Chart) -> None:
        """A caption, the picture with its words, and a note where there is one; the numbers stand in tables."""
        self.caption(block.title)
        width = NARROW_CHART_WIDTH if block.narrow else CHART_WIDTH
        shape = self.out.add_picture(BytesIO(png(svg(block.picture))), width=width)
        shape._inline.docPr.set("descr", block.says)  # noqa: SLF001 - the library has no alternative text
        shape._inline.docPr.set("title", block.title)  # noqa: SLF001
        if block.note:
            self.out.add_paragraph(block.note).runs[0].font.color.rgb = SOFT

    def slots(self, block: tree.PageOnAPage) -> None:
        """The boxes of the plan on a page, one after another."""
        for slot in block.slots:
            self.out.add_heading(slot.heading, level=2)
            self.points(tree.BulletList(slot.items))

    def findings(self, block: tree.FindingGroup) -> None:
        """A check with its reasons, then each place where it was found."""
        self.out.add_heading(f"{block.severity.capitalize()} {block.code}: {block.title}", level=3)
        self.paragraph(block.why)
        self.paragraph((tree.Text("What to do: ", strong=True), *block.mend))
        for item in block.items:
            self.paragraph((tree.Text(item.message, strong=True),)).paragraph_format.keep_with_next = True
            for line in _finding_lines(item):
                self.paragraph(line, style="ListBullet")

    def derivations(self, block: tree.Derivations) -> None:
        """Each derivation, with the name that quotations of its figure lead to."""
        for number, entry in enumerate(block.entries, start=1):
            head = (tree.Text(f"{entry.label}: {entry.value}", strong=True),)
            paragraph = self.paragraph(head)
            paragraph.paragraph_format.keep_with_next = True
            _bookmark(paragraph, name=self.bookmarks[entry.anchor], number=number)
            self.paragraph((tree.Text(f"{entry.formula} ({entry.figure})"),))
            for each in entry.ingredients:
                added = f", adds {each.share}" if each.share.strip("–") else ""
                words = (tree.Text(f"{each.label}: {each.value}{added}; "), *each.origin)
                self.paragraph(words, style="ListBullet")
            for reason in entry.missing:
                self.paragraph((tree.Text(f"Not known: {reason}"),), style="ListBullet")
            for path in entry.leans_on:
                self.paragraph((tree.Text(f"Rests on an unconfirmed value: {path}"),), style="ListBullet")


def _finding_lines(item: tree.FindingItem) -> Iterator[tree.Runs]:
    yield (tree.Text(f"Where: {item.location}"),)
    named = (("Suggestion", item.suggestion), ("Figures", item.figures))
    yield from ((tree.Text(f"{name}: "), *runs) for name, runs in named if runs)
    yield from ((tree.Text(f"See also {place}: {why}"),) for place, why in item.related)
    if item.leans_on:
        yield (tree.Text(f"Leans on unconfirmed values: {', '.join(item.leans_on)}"),)
    if item.waiver:
        yield (tree.Text(f"Waived {item.waiver}"),)


def _widths(columns: Sequence[tree.Column]) -> Iterator[int]:
    """The page shared out: a wide column takes two and a half times, a number a little less than the others."""
    weights = [2.5 if column.wide else 0.8 if column.numeric else 1.2 for column in columns]
    return (int(PAGE_WIDTH * weight / sum(weights)) for weight in weights)


def _set_font(style: Any) -> None:
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    fonts.set(qn("w:ascii"), FONT)
    fonts.set(qn("w:hAnsi"), FONT)


def _set_size(run: Any, size: Pt) -> None:
    properties = run.get_or_add_rPr()
    element = OxmlElement("w:sz")
    element.set(qn("w:val"), str(int(size.pt * 2)))
    properties.append(element)


def _shade(properties: Any, fill: str) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), fill)
    properties.append(shading)


def _light_borders(table: Any) -> None:
    """Thin lines between the rows and nothing else."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "single" if side in {"top", "bottom", "insideH"} else "nil")
        line.set(qn("w:color"), RULE)
        line.set(qn("w:sz"), "4")
        borders.append(line)
    table._tbl.tblPr.append(borders)  # noqa: SLF001 - the library has no borders


def _repeat(row: Any) -> None:
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(head)  # noqa: SLF001 - the library has no repeated heads


def _bookmark(paragraph: Any, *, name: str, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)  # noqa: SLF001 - the library has no bookmarks
    paragraph._p.append(end)  # noqa: SLF001
