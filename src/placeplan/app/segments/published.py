"""Reads lists of codes from a data folder: Charlson, Elixhauser, hospital frailty points, and lists of the user."""

import csv
from decimal import Decimal, InvalidOperation
from io import StringIO
from pathlib import Path

from placeplan.documents.text_reading import text_of
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.segments.code_lists import Code, Marker, normalised
from placeplan.segments.conditions import Definitions
from placeplan.segments.published_lists import WeightedList, hospital_frailty_list, weighted_list

CODES = "codes/comorbidity_icd10_map.csv"
WEIGHTS = "codes/comorbidity_weights.csv"
HOSPITAL_FRAILTY = "codes/hospital_frailty_risk_score_icd10.csv"


def read_published_lists(data: Path, definitions: Definitions) -> tuple[WeightedList, ...]:
    """The lists whose files are in the folder; none where it has none.

    Raises:
        InputError: a file cannot be read, or codes and weights do not agree.
    """
    found: list[WeightedList] = []
    if (data / CODES).is_file() and (data / WEIGHTS).is_file():
        codes = [(row[0], row[1], row[2]) for _, row in _rows(data, CODES, columns=3)]
        weights = [
            (row[0], row[1], row[2], _number(row[3], WEIGHTS, line=line))
            for line, row in _rows(data, WEIGHTS, columns=4)
        ]
        for score in definitions.scores:
            try:
                found.append(weighted_list(score, codes=codes, weights=weights))
            except ValueError as error:
                raise InputError(
                    [Problem(Location(WEIGHTS), str(error), mend="Use the two files together.")]
                ) from error
    if (data / HOSPITAL_FRAILTY).is_file():
        rows = _rows(data, HOSPITAL_FRAILTY, columns=2)
        points = [(row[0], _number(row[1], HOSPITAL_FRAILTY, line=line)) for line, row in rows]
        found.append(hospital_frailty_list(definitions.hospital_frailty, points=points))
    return tuple(found)


def read_code_lists(path: Path, definitions: Definitions) -> tuple[Marker, ...]:
    """Codes of the user's own for conditions, in any code system: columns ``condition``, ``code_system``, ``code`` and
    ``match``, which is ``whole`` or ``beginning``.

    Raises:
        InputError: a condition that nobody defines, or another word under ``match``, with every such line.
    """
    found: dict[str, list[Code]] = {}
    problems: list[Problem] = []
    for line, (condition, system, code, match, *_) in _rows(path.parent, path.name, columns=4):
        if condition not in definitions.condition_ids:
            problems.append(Problem(Location(path.name, line, "condition"), f"no condition is called '{condition}'"))
        if match not in ("whole", "beginning"):
            problems.append(Problem(Location(path.name, line, "match"), f"found '{match}'", "whole or beginning"))
        found.setdefault(condition, []).append(Code(system, normalised(code, system), match == "whole"))
    if problems:
        raise InputError(problems)
    return tuple(Marker(condition, tuple(codes)) for condition, codes in found.items())


def _rows(data: Path, name: str, *, columns: int) -> list[tuple[int, list[str]]]:
    """The rows below the heading, each with its line."""
    lines = csv.reader(StringIO(text_of((data / name).read_bytes(), name)))
    rows = [(lines.line_num, row) for row in lines if row][1:]
    short = [
        Problem(Location(name, line), f"{len(row)} cells", f"{columns}") for line, row in rows if len(row) < columns
    ]
    if short:
        raise InputError(short)
    return rows


def _number(text: str, name: str, *, line: int) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise InputError([Problem(Location(name, line), f"found '{text}'", "a number")]) from error
