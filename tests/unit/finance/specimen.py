"""A small plan that has every kind of finance figure, and the page that says what each one means."""

import re
from pathlib import Path

from tests.oracle.finance.written import Row, Written, table

from placeplan.kernel.figures import Figure
from placeplan.plan.funding_tables import BusinessCase, ClaimState, Funding
from placeplan.plan.tables import BridgeStep

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "finance.md"
_YEAR = re.compile(r"\b\d{4}-\d{2}\b")


def specimen() -> Written:
    steps = "\n".join(f"mtw | {step} | {step} | 10 | 10" for step in BridgeStep if step is not BridgeStep.OUTTURN)
    lines = table(
        f"provider | line | step | 2014-15 | 2015-16\nmtw | outturn | outturn | 2,000 |\n{steps}",
        service="primary-care",
    )
    money = table(
        """
        line     | kind            | 2014-15 | 2015-16
        Notified | notified        | 1,000   | 1,000
        Opening  | brought-forward | 10      |
        """,
        service="primary-care",
    )
    targets = table(
        """
        year    | actual | target | population
        2014-15 | 100    | 110    | 1,000
        2015-16 | 105    | 111    | 1,000
        """,
        service="primary-care",
    )
    schemes = table(
        """
        scheme | title | programme | gross | investment | year
        urgent | Urgent | Urgent | 20   | 5          | 2014-15
        """,
        service="primary-care",
    )
    together = table("""
        target | title | services     | year    | at_least
        joint  | Joint | primary-care | 2014-15 | 0
        """)
    benefits = table(
        """
        kind       | line      | 2014-15 | 2015-16
        saving     | Beds      | 10      | 20
        investment | Community | 5       | 5
        """,
        programme="local-care",
        view="segment",
    )
    reports = table(
        """
        scheme | month   | gross | investment | forecast
        urgent | 2014-04 | 2     | 1          | 17
        """,
        service="primary-care",
    )
    areas = table("""
        area  | parent | title | lever | goal | target | 2014-15 | 2015-16
        all   |        | All   |       |      | 3%     |         |
        drugs | all    | Drugs | price | 7%   |        | 100     | 110
        gms   | all    | GMS   | none  |      |        | 300     | 310
        """)
    plan = Written({"primary-care": {}}, ("2014-15", "2015-16")).having("lines", lines).having("allocations", money)
    plan = plan.having("targets", targets).having("efficiency", schemes).having("collective", together)
    plan = plan.having("savings_delivered", reports).having("spend_areas", areas)
    return plan.having("benefits", benefits).having("claims", claims()).having("investments", investments())


def claims() -> tuple[Row, ...]:
    """A claim in each state."""
    states = "\n".join(f"vaccines | {state} | 10 | 10" for state in ClaimState)
    rows = table(f"title | state | 2014-15 | 2015-16\n{states}", service="primary-care")
    return tuple({**row, "claim": row["state"]} for row in rows)


def investments() -> tuple[Row, ...]:
    """An investment from each kind of money and with each state of a business case."""
    cases = "\n".join(f"{case} | headroom | yes | 1 | 1" for case in BusinessCase)
    other = "\n".join(f" | {funding} | | 1 | 1" for funding in Funding)
    rows = table(
        f"business_case | funding | transformation | 2014-15 | 2015-16\n{cases}\n{other}",
        service="primary-care",
        title="Records",
    )
    return tuple({**row, "investment": f"item-{number}"} for number, row in enumerate(rows))


def family(figure: Figure) -> str:
    """The identifier with capitals where a plan puts names of its own."""
    name = _YEAR.sub("YEAR", figure.id)
    for own, capital in (
        (r"\.primary-care\.", ".SERVICE."),
        (r"\.collective\.joint\.", ".collective.TARGET."),
        (r"\.provider\.mtw\.", ".provider.PROVIDER."),
        (r"\.scheme\.urgent\.", ".scheme.SCHEME."),
        (r"\.month\.\d+$", ".month.NUMBER"),
        (r"\.claim\.[a-z]+$", ".claim.CLAIM"),
        (r"\.(investment|balance)\.item-\d+$", r".\1.INVESTMENT"),
        (r"\.programme\.urgent\.", ".programme.PROGRAMME."),
        (r"^spend\.(all|drugs|gms)\.", "spend.AREA."),
        (r"local-care\.segment", "PROGRAMME.VIEW"),
    ):
        name = re.sub(own, capital, name)
    return name


def formula(figure: Figure) -> str:
    """The formula with capitals where a plan puts names of its own."""
    words = re.sub(r"^[\d.]+% of Primary care, (.+), \S+$", r"PERCENT of the \1", figure.formula)
    words = re.sub(r"the plan's lines for .+", "the plan's lines for the step", words)
    words = re.sub(r"the rule carries .+", "the rule carries …", words)
    words = re.sub(r"paid from (growth|other)$", "paid from …", words)
    return _YEAR.sub("YEAR", words).replace("lines by segment", "lines by VIEW")
