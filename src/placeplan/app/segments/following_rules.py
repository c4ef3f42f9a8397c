"""Reads the rules of what follows from segments: risk lists and what a forecast learns from."""

from functools import cache
from pathlib import Path

from placeplan.app.segments.definitions import FOLDER, read_definitions, read_schemes
from placeplan.documents.text_reading import text_of
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import YamlDocument, read_yaml
from placeplan.kernel.errors import InputError
from placeplan.segments.risk_scores import RiskRules
from placeplan.segments.transition_rates import PoolingRules


@cache
def read_pooling_rules() -> PoolingRules:
    """How many people must stand behind a rate."""
    return validated(PoolingRules, _document(FOLDER / "forecast.yaml"))


@cache
def read_risk_rules() -> RiskRules:
    """The score and the lists that come with Placeplan."""
    return risk_rules_from(FOLDER / "risk.yaml")


def risk_rules_from(path: Path) -> RiskRules:
    """Rules of risk from a file.

    Raises:
        InputError: it cannot be read, or it names a flag or a segment that is not there, or leaves a segment of a
            scheme that it names without points.
    """
    document = _document(path)
    rules = validated(RiskRules, document)
    faults = rules.faults(read_schemes(), read_definitions())
    if faults:
        raise InputError([document.problem(("points",), fault) for fault in faults])
    return rules


def _document(path: Path) -> YamlDocument:
    name = f"segments/{path.name}"
    return read_yaml(text_of(path.read_bytes(), name), name)
