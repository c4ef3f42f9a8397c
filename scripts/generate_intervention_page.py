"""Write docs/reference/interventions.md from the library of interventions, its evidence and unit prices.

generate_intervention_page.py           write the page
generate_intervention_page.py --check   only say whether it is up to date
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from placeplan.app.care.do_nothing_definitions import read_points
from placeplan.app.care.intervention_descriptions import describe_intervention, list_interventions
from placeplan.app.care.intervention_library import (
    read_enhanced_services,
    read_interventions,
    read_maturity_stages,
    read_unit_prices,
)
from placeplan.rounds.appraisal import read_appraisal

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "interventions.md"
WRITTEN = "<!-- Written by scripts/generate_intervention_page.py from the library of interventions. -->"

PRICE_HEADINGS = (
    "point of delivery", "tariff", "cost", "cost is", "variable", "stepped", "fixed", "step, a year", "lag, years",
    "note",
)  # fmt: skip


def page() -> str:
    """The text of the page."""
    parts = (_head(), _list(), _interventions(), _strengths(), _prices(), _stages(), _services(), _rates())
    return "\n".join(line for part in parts for line in part) + "\n"


def _head() -> Iterator[str]:
    yield from (WRITTEN, "", "# Interventions", "")
    yield "The library that a plan chooses from, as data. `placeplan demand interventions show INTERVENTION` prints one"
    yield "entry. Everything marked *unconfirmed* rests on general knowledge, or on Placeplan's own judgement of the"
    yield "evidence: use your own numbers before anybody relies on a result. A published finding is about trials; the"
    yield "share of all activity that stands here is Placeplan's reading of it. Target segments are those of the scheme"
    yield "`kent-2017`; a plan with other segments gives a reach of its own."


def _list() -> Iterator[str]:
    yield from ("", "| | intervention | title | entry |", "| --- | --- | --- | --- |")
    for each in list_interventions():
        sure = "confirmed" if each.confirmed else "unconfirmed"
        yield f"| {each.number} | [{each.id}](#{each.id}) | {each.title} | {sure} |"


def _interventions() -> Iterator[str]:
    for each in read_interventions().ids:
        described = describe_intervention(each)
        yield from ("", f"## {described.title} {{ #{each} }}", "", f"`{each}`")
        for section in described.sections:
            yield from ("", f"**{section.heading}**", "")
            yield from (f"- {line}" for line in section.lines)


def _strengths() -> Iterator[str]:
    yield from ("", "## Strength of evidence", "", "| strength | meaning |", "| --- | --- |")
    yield from (f"| {each.title} | {each.meaning} |" for each in read_interventions().strengths)


def _prices() -> Iterator[str]:
    book = read_unit_prices()
    yield from ("", "## Unit prices", "", f"In pounds of {book.price_year}. {book.cost_reference}.", "")
    yield from (f"{book.tariff_reference}.", "", f"Shares of cost: {book.behaviour_reference}.", "")
    yield f"| {' | '.join(PRICE_HEADINGS)} |"
    yield f"|{' --- |' * len(PRICE_HEADINGS)}"
    for each in book.prices:
        shares = f"{each.variable:.0%} | {each.stepped:.0%} | {each.fixed:.0%}"
        money = f"{each.tariff:,} | {each.cost:,} | {each.cost_confidence}"
        title = read_points()[each.point].title
        yield f"| {title} | {money} | {shares} | {each.step:,} | {each.lag} | {each.note} |"


def _stages() -> Iterator[str]:
    found = read_maturity_stages()
    yield from ("", "## Stages of maturity", "", f"{found.reference} ({found.confidence}).", "")
    yield from ("| stage | from a share of the full effect of |", "| --- | --- |")
    yield from (f"| {each.title} | {each.share:.0%} |" for each in found.stages)


def _services() -> Iterator[str]:
    yield from (
        "",
        "## Enhanced services",
        "",
        "| service | paid by | price or bands | source |",
        "| --- | --- | --- | --- |",
    )
    for each in read_enhanced_services().services:
        bands = ", ".join(f"£{band.amount:,} from {band.at_least:.0%}" for band in each.bands)
        price = f"£{each.price}" if each.price is not None else bands
        yield f"| {each.title} | {each.form.replace('-', ' ')} | {price} | {each.reference} ({each.confidence}) |"


def _rates() -> Iterator[str]:
    yield from ("", "## Discount rates", "", "| for | years from now | rate | source |", "| --- | --- | --- | --- |")
    for each in read_appraisal().discount_rates:
        span = f"{each.first_year} to {each.last_year}"
        what = "money" if each.kind == "standard" else "health itself"
        yield f"| {what} | {span} | {each.percent}% | {each.reference} ({each.confidence}) |"


def main() -> int:
    """Write the page, or with ``--check`` fail when it is not up to date."""
    wanted = page()
    there = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    if "--check" in sys.argv[1:]:
        if wanted != there:
            print(f"{PAGE.name} is not up to date. Run make fix.")
        return int(wanted != there)
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
