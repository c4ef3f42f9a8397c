"""The page on finance names every figure, with the formula that the figure gives of itself."""

import re
from functools import cache

import pytest
from tests.unit.finance.specimen import PAGE, family, formula, specimen

from placeplan.finance.claims import ClaimMeasure
from placeplan.finance.delivery import DeliveryMeasure
from placeplan.finance.efficiency import SchemeMeasure
from placeplan.finance.investments import InvestmentMeasure
from placeplan.finance.measures import WORDS, Measure
from placeplan.finance.outlook import SUMMED
from placeplan.finance.spend_areas import KIND_WORDS, AreaMeasure
from placeplan.kernel.printed import Verdict
from placeplan.plan.cells import Word
from placeplan.plan.header import CarryRule
from placeplan.plan.tables import BenefitKind, BridgeStep

MEASURES = (
    *Measure,
    *SchemeMeasure,
    *BridgeStep,
    *BenefitKind,
    *ClaimMeasure,
    *InvestmentMeasure,
    *DeliveryMeasure,
    *AreaMeasure,
)
CELL = re.compile(r"^\| `([a-zA-Z.-]+)`(?: \([^)]*\))? \| (.*?) \|", re.MULTILINE)


@cache
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


@cache
def rows() -> dict[str, str]:
    """What the page's tables say of each figure; the same name may stand in several tables."""
    found: dict[str, str] = {}
    for name, words in CELL.findall(page()):
        found[name] = f"{found.get(name, '')} / {words}"
    return found


@pytest.mark.parametrize("name", [*MEASURES, *CarryRule])
def test_every_measure_is_on_the_page(name: str) -> None:
    assert f"`{name}`" in page()


@pytest.mark.parametrize("kind", KIND_WORDS)
def test_every_kind_of_spend_is_on_the_page(kind: str) -> None:
    assert f"`{kind}`" in page()


@pytest.mark.parametrize("word", [*Verdict, str(Word.TO_BE_CONFIRMED)])
def test_verdicts_and_words_are_on_the_page(word: str) -> None:
    assert word in page()


def test_every_measure_has_words() -> None:
    assert set(WORDS) == {*Measure, *BridgeStep}


STEMS = (
    "finance.SERVICE.YEAR.provider.PROVIDER.",
    "finance.collective.TARGET.YEAR.",
    "efficiency.SERVICE.YEAR.scheme.SCHEME.",
    "efficiency.SERVICE.YEAR.",
    "efficiency.all.YEAR.",
    "finance.SERVICE.YEAR.",
    "finance.all.YEAR.",
    "benefits.PROGRAMME.VIEW.YEAR.",
    "investments.SERVICE.YEAR.",
    "investments.all.YEAR.",
    "delivery.SERVICE.YEAR.scheme.SCHEME.",
    "delivery.SERVICE.YEAR.",
    "delivery.all.YEAR.programme.PROGRAMME.",
    "delivery.all.YEAR.",
    "spend.AREA.YEAR.",
    "spend.YEAR.",
)


def test_every_family_of_identifiers_is_on_the_page() -> None:
    for figure in specimen().computed().figures.values():
        stem = next(stem for stem in STEMS if family(figure).startswith(stem))
        assert stem in page(), figure.id
        measure = family(figure).removeprefix(stem)
        assert f"`{measure}`" in page() or f"`{stem}{measure}`" in page(), figure.id


def test_every_formula_on_the_page_is_the_one_that_the_figure_gives() -> None:
    for figure in specimen().computed().figures.values():
        words = formula(figure)
        measure = next(family(figure).removeprefix(stem) for stem in STEMS if family(figure).startswith(stem))
        in_prose = words in re.sub(r"\s+", " ", page())
        assert words in rows().get(measure, "") or in_prose or words == "sum over the services", (figure.id, words)


def test_sums_over_services_are_those_that_the_page_lists() -> None:
    sentence = re.search(r"is the sum over the services of (.*?)\. A service", page(), re.DOTALL)
    assert sentence is not None
    assert re.findall(r"`([a-z-]+)`", sentence[1]) == list(SUMMED)


def test_the_specimen_has_every_measure() -> None:
    names = {name.rsplit(".", 1)[-1] for name in specimen().computed().figures}
    assert set(MEASURES) <= names
