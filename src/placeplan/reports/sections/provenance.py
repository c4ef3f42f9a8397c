"""The provenance appendix: how every figure in the document came about."""

from collections.abc import Iterable, Mapping

from placeplan.kernel.figures import CellReference, Figure, FigureReference, Figures, Input, RuleReference
from placeplan.reports.document import (
    Block,
    BulletList,
    Cell,
    Derivation,
    Derivations,
    Ingredient,
    Paragraph,
    Runs,
    Section,
    Table,
    Text,
    Tone,
    day_words,
    quoted_in,
)
from placeplan.reports.quoting import NOTHING, marked, printed_value, quote
from placeplan.reports.tabulating import Field, plain, tabulate
from placeplan.reports.types import PlanResults
from placeplan.rounds.governance import Review


def derivations_section(results: PlanResults, sections: Iterable[Section]) -> Section:
    """A derivation for every figure that ``sections`` quote, and for every figure that one of those was made from."""
    wanted = closure(results.figures, quoted_in(tuple(sections)))
    entries = tuple(derivation(figure, results.figures) for figure in wanted)
    if not entries:
        return Section("derivations", "Derivations")
    text = (
        "Every computed number above, with the formula in words, what each input adds, and the cells of the plan that "
        "it starts from."
    )
    return Section("derivations", "Derivations", (Paragraph((Text(text),)), Derivations(entries)))


def sources_section(results: PlanResults, sections: Iterable[Section]) -> Section:
    """The documents that the plan was made from, and the national values that its figures rest on."""
    blocks: list[Block] = []
    if results.header.sources:
        blocks.append(BulletList(tuple((Text(source),) for source in results.header.sources)))
    rules = _rules(closure(results.figures, quoted_in(tuple(sections))))
    if rules:
        reviews = {value.path: value.review for value in results.round.values()}
        blocks.append(_rules_table(rules, reviews, title=results.round.title))
    return Section("sources", "Sources and national values", tuple(blocks))


def _rules(figures: Iterable[Figure]) -> tuple[RuleReference, ...]:
    origins = (given.origin for figure in figures for given in figure.inputs)
    found = {origin.path: origin for origin in origins if isinstance(origin, RuleReference)}
    return tuple(found[path] for path in sorted(found))


def _rules_table(rules: Iterable[RuleReference], reviews: Mapping[str, Review], *, title: str) -> Table:
    def reviewed(rule: RuleReference) -> Cell:
        review = reviews.get(rule.path)
        return plain(f"{day_words(review.reviewed)} by {review.reviewer}" if review else None)

    fields: tuple[Field[RuleReference], ...] = (
        Field("Value", lambda rule: Cell((Text(rule.path, code=True),)), wide=True),
        Field("Reference", lambda rule: plain(rule.reference), wide=True),
        Field("Confidence", lambda rule: plain("confirmed") if rule.confirmed else plain("unconfirmed", Tone.NEAR)),
        Field("Last reviewed", reviewed),
    )
    return tabulate("national-values", f"National values that figures rest on: {title}", rows=rules, fields=fields)


def closure(figures: Figures, wanted: Iterable[str]) -> tuple[Figure, ...]:
    """The figures named and all that they rest on, in the order in which they were computed."""
    found: set[str] = set()
    waiting = [each for each in wanted if each in figures]
    while waiting:
        figure_id = waiting.pop()
        if figure_id not in found:
            found.add(figure_id)
            origins = (given.origin for given in figures[figure_id].inputs)
            waiting.extend(
                origin.figure for origin in origins if isinstance(origin, FigureReference) and origin.figure in figures
            )
    return tuple(figure for figure_id, figure in figures.items() if figure_id in found)


def derivation(figure: Figure, figures: Figures) -> Derivation:
    """How one figure came about."""
    return Derivation(
        figure=figure.id,
        label=figure.label,
        value=printed_value(figure.value, figure.unit),
        formula=figure.formula,
        ingredients=tuple(_ingredient(given, figure, figures=figures) for given in figure.inputs),
        missing=figure.missing,
        leans_on=figure.leans_on,
    )


def _ingredient(given: Input, figure: Figure, *, figures: Figures) -> Ingredient:
    origin = given.origin
    unit = figures[origin.figure].unit if isinstance(origin, FigureReference) and origin.figure in figures else ""
    share = NOTHING if given.share is None else printed_value(given.share, figure.unit)
    return Ingredient(
        label=given.label, value=printed_value(given.value, unit), share=share, origin=_origin(given, figures)
    )


def _origin(given: Input, figures: Figures) -> Runs:
    origin = given.origin
    if isinstance(origin, FigureReference):
        figure = figures.get(origin.figure)
        return (Text(origin.figure, code=True),) if figure is None else (quote(figure, printed=origin.figure),)
    if isinstance(origin, CellReference):
        return (Text(str(origin), code=True),)
    return (*marked(origin.path, confirmed=origin.confirmed), Text(f": {origin.reference}"))
