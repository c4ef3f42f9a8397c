"""The findings of a plan that is kept as texts, for programs."""

from datetime import date

import placeplan
from placeplan.app.plan_texts import Texts, check_texts
from placeplan.assurance.rendering.entries import report_of, report_of_problems
from placeplan.assurance.rendering.json_text import json_of
from placeplan.assurance.rendering.sarif import sarif_of
from placeplan.kernel.errors import InputError

JSON, SARIF = REPORTS = ("json", "sarif")


def findings_text(texts: Texts, *, plan: str, form: str, today: date) -> str:
    """The findings of a plan, or why it cannot be read, as JSON or as a SARIF log.

    Args:
        texts: the texts of the plan.
        plan: its name.
        form: one of ``REPORTS``.
        today: the day on which this is run.

    Raises:
        ValueError: there is no such form.
    """
    if form not in REPORTS:
        raise ValueError(f"expected one of {', '.join(REPORTS)}")
    try:
        report = report_of(check_texts(texts, today=today).judgement)
    except InputError as error:
        report = report_of_problems(error.problems)
    return json_of({plan: report}) if form == JSON else sarif_of({plan: report}, tool_version=placeplan.__version__)
