"""The care model: activity if nobody intervenes, what interventions save and cost, how sure that is, what it needs."""

from collections.abc import Iterator

from placeplan.plan.care_tables import Firmness
from placeplan.plan.model import TABLES, Plan
from placeplan.reports.document import Block, Note, Section, Text, Tone
from placeplan.reports.sections.care_activity import activity_section
from placeplan.reports.sections.care_calibration import calibration_section
from placeplan.reports.sections.care_needs import needs_section
from placeplan.reports.sections.care_plausibility import plausibility_section
from placeplan.reports.sections.care_savings import savings_section
from placeplan.reports.types import PlanResults

FOLDER = "care/"
MADE_UP = "Made up so that the model can run: {tables}. They describe no count of this place."
FITTED = "Fitted so that stated totals come out, and not measured: {tables}."


def care(results: PlanResults) -> Section:
    """All about the care model of a plan that has one."""
    if not results.plan.care_activity:
        return Section("care", "From need to beds, staff and money")
    sections = (
        activity_section(results),
        savings_section(results),
        calibration_section(results),
        plausibility_section(results),
        needs_section(results),
    )
    return Section("care", "From need to beds, staff and money", tuple(_notes(results.plan)), sections)


def _notes(plan: Plan) -> Iterator[Block]:
    """What of the model is made up, and what is fitted: the titles of the tables with such rows."""
    for firmness, title, words in ((Firmness.SYNTHETIC, "Synthetic", MADE_UP), (Firmness.CALIBRATED, "Fitted", FITTED)):
        named = [
            table.title.lower()
            for table in TABLES
            if table.path.startswith(FOLDER)
            and any(getattr(row, "firmness", None) is firmness for row in plan.rows(table))
        ]
        if named:
            yield Note(title, (Text(words.format(tables=", ".join(named))),), Tone.NEAR)
    if plan.header.care is not None and plan.header.care.note:
        yield Note("About this model", (Text(plan.header.care.note),))
