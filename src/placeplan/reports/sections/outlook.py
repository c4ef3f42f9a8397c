"""What an uncorrected deficit becomes in the years after the plan."""

from placeplan.finance.measures import WORDS, Measure
from placeplan.kernel.figures import Figure
from placeplan.reports.document import Cell, Section
from placeplan.reports.quoting import quote
from placeplan.reports.tabulating import Field, plain, tabulate
from placeplan.reports.types import PlanResults


def outlook_section(results: PlanResults) -> Section:
    """One table over the services that end in deficit."""
    wanted = (f".{Measure.UNCORRECTED}", f".{Measure.MULTIPLIER}")
    figures = [figure for figure_id, figure in results.figures.items() if figure_id.endswith(wanted)]
    if not figures:
        return Section("money-outlook", "If deficits are not corrected")
    fields: tuple[Field[Figure], ...] = (
        Field("Service and year", lambda figure: plain(figure.label), wide=True),
        Field("Amount", lambda figure: Cell((quote(figure),)), numeric=True),
    )
    caption = f"{WORDS[Measure.UNCORRECTED].capitalize()}"
    return Section(
        "money-outlook", "If deficits are not corrected", (tabulate("outlook", caption, rows=figures, fields=fields),)
    )
