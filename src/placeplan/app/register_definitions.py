"""Reads the definitions of registers that come with Placeplan: who may do what, what is kept, clocks, meetings."""

from functools import cache
from pathlib import Path
from typing import TypeVar

from placeplan import registers
from placeplan.documents.models import DocumentModel
from placeplan.documents.text_reading import text_of
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import read_yaml
from placeplan.registers.assurance_lines import Checklist
from placeplan.registers.deadlines import DeadlineRules
from placeplan.registers.evidence import EvidenceRules
from placeplan.registers.meetings import MeetingRules

FOLDER = Path(registers.__file__).parent / "definitions"
Model = TypeVar("Model", bound=DocumentModel)


def definition(model: type[Model], name: str) -> Model:
    """The definition in a file of the register definitions.

    Raises:
        InputError: the file cannot be read, with every problem found.
    """
    file = FOLDER / name
    return validated(model, read_yaml(text_of(file.read_bytes(), file.name), file.name))


@cache
def read_evidence_rules() -> EvidenceRules:
    """Which files may be kept as evidence."""
    return definition(EvidenceRules, "evidence.yaml")


@cache
def read_meeting_rules() -> MeetingRules:
    """The closed lists and the clocks of meetings."""
    return definition(MeetingRules, "meetings.yaml")


@cache
def read_deadline_rules() -> DeadlineRules:
    """The clocks of contracts, intentions and risks, and the bank holidays."""
    return definition(DeadlineRules, "deadlines.yaml")


@cache
def read_checklist() -> Checklist:
    """What an assurer asks of every plan."""
    return definition(Checklist, "assurance_lines.yaml")
