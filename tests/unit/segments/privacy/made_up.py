"""Extracts of made-up people, with NHS numbers that start with 999, and the job that makes a dataset of them."""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from placeplan.app.segments.pseudonymising import Destination, pseudonymise
from placeplan.segments.privacy.nhs_numbers import is_nhs_number
from placeplan.segments.privacy.pseudonyms import Key
from placeplan.segments.privacy.reports import LinkageReport

TODAY = date(2026, 11, 22)
SECRET = bytes(range(7, 39))
PURPOSE = "Care plan for a made-up place"


def numbers() -> Iterator[str]:
    """Valid NHS numbers of the range that is kept for tests."""
    return (text for text in map(str, range(9_990_000_000, 10**10)) if is_nhs_number(text))


def numbered(count: int) -> list[str]:
    found = numbers()
    return [next(found) for _ in range(count)]


@dataclass(frozen=True)
class Someone:
    number: str
    born: str
    sex: str
    postcode: str
    surname: str
    practice: str = "G82001"

    def on_list(self, **other: str) -> dict[str, str]:
        return {
            "NHS_NO": self.number, "DOB": self.born, "SEX": self.sex, "PCODE": self.postcode, "SURNAME": self.surname,
            "PRACTICE": self.practice, "FROM": "01/04/2010", "TO": "", **other,
        }  # fmt: skip

    def in_hospital(self, event: str, **other: str) -> dict[str, str]:
        return {
            "nhs": self.number, "birth": self.born, "sex": self.sex, "postcode": self.postcode, "name": self.surname,
            "ended": "2017-01-05", "provider": "RVV", "spell": event, "nights": "2", "pence": "10000", **other,
        }  # fmt: skip


ONE, TWO, THREE, FOUR = numbered(4)
ANN = Someone(ONE, "1950-03-17", "2", "CT5 1AA", "Archer")
BOB = Someone(TWO, "1961-07-02", "1", "CT5 1AB", "Baker")
CAT = Someone(THREE, "2016-12-24", "F", "ME10 1AA", "Carter", "G82002")
DAN = Someone(FOUR, "1944-01-30", "M", "ME10 1AB", "Draper", "G82002")
PEOPLE = (ANN, BOB, CAT, DAN)
AREAS = {"CT5 1AA": "E01000001", "CT5 1AB": "E01000001", "ME10 1AA": "E01000002", "ME10 1AB": "E01000003"}
Rows = Sequence[dict[str, str]]


def write(file: Path, rows: Rows, headings: Sequence[str]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, fieldnames=headings)
        writer.writeheader()
        writer.writerows(rows)


def job(**changes: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "dataset": {
            "title": "A made-up place", "purpose": PURPOSE, "lawful_basis": ["GDPR 6(1)(e)", "GDPR 9(2)(h)"],
            "agreement": {"reference": "made up", "signed": "2026-01-01", "ends": "2027-12-31"},
            "controller": "Nobody", "opt_outs": "applied", "extracted": "2017-04-30", "synthetic": True,
        },
        "opt_outs": {"file": "opt-outs.csv"},
        "postcodes": {"file": "postcodes.csv"},
        "sources": [
            {
                "name": "lists", "table": "people", "files": ["lists/*.csv"],
                "identifiers": {"nhs_number": "NHS_NO", "birth_date": "DOB", "sex": "SEX", "postcode": "PCODE",
                                "surname": "SURNAME"},
                "columns": {"practice": "PRACTICE", "start": "FROM", "end": "TO"},
            },
            {
                "name": "hospital", "table": "activity", "files": ["hospital.csv"],
                "identifiers": {"nhs_number": "nhs", "birth_date": "birth", "sex": "sex", "postcode": "postcode",
                                "surname": "name"},
                "columns": {"date": "ended", "provider": "provider", "event": "spell", "bed_days": "nights",
                            "cost_pence": "pence"},
                "fixed": {"setting": "emergency-admission"},
            },
        ],
    }  # fmt: skip
    return told | changes


def write_extracts(folder: Path, *, lists: Rows, hospital: Rows, opted_out: Sequence[str] = ()) -> Path:
    """Write a place's extracts, and give the file of its job."""
    write(folder / "lists" / "first.csv", lists, list(ANN.on_list()))
    write(folder / "hospital.csv", hospital, list(ANN.in_hospital("1")))
    (folder / "opt-outs.csv").write_text("".join(f"{number}\n" for number in opted_out), encoding="utf-8")
    areas = [{"postcode": postcode, "small_area": area} for postcode, area in AREAS.items()]
    write(folder / "postcodes.csv", areas, ["postcode", "small_area"])
    return write_job(folder, job())


def write_job(folder: Path, told: dict[str, Any]) -> Path:
    file = folder / "job.yaml"
    file.write_text(json.dumps(told), encoding="utf-8")
    return file


def made(job_file: Path, *, secret: bytes = SECRET, name: str = "dataset") -> tuple[Path, LinkageReport]:
    """The dataset of a job, and its report."""
    folder = job_file.parent / name
    to = Destination(folder, job_file.parent / f"{name}-report.json")
    return folder, pseudonymise(job_file, to, key=Key(secret), today=TODAY)
