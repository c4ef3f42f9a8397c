"""Small public files of population in a data folder, with made-up numbers."""

import csv
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

DISTRICTS = {
    "E07000110": "Maidstone",
    "E07000111": "Sevenoaks",
    "E07000115": "Tonbridge and Malling",
    "E07000116": "Tunbridge Wells",
}
SEXES = ("f", "m")
ESTIMATED, PROJECTED = tuple(range(2015, 2024)), tuple(range(2024, 2036))
SPLIT = "E07000111"
WEST, NORTH = ("99J", "NHS West Kent CCG"), ("09J", "NHS Dartford, Gravesham and Swanley CCG")
VARIANTS = {"v2": "High fertility", "v6": "High migration"}
ESTIMATES_FILE = "population/mid_year_estimates_sya_2015_2023.csv"
PRINCIPAL_FILE = "population/projection_principal_sya_2024_2035.csv"
VARIANTS_FILE = "population/projection_variants_5yr_2024_2035.csv"
SMALL_AREAS_FILE = "population/lsoa11_mye_2017_sya_persons.csv"
LOOKUP_FILE = "geography/lsoa11_to_ccg_pre2020_kent_medway.csv"


def write_rows(path: Path, heading: Sequence[object], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([heading, *rows])


def write_public_files(folder: Path, *, seed: int = 1) -> Path:
    """Files of the four districts of West Kent; a part of one of them lies in another group."""
    rng = random.Random(seed)
    who = ("area_code", "area_name", "area_type", "sex", "age")
    for file, years in ((ESTIMATES_FILE, ESTIMATED), (PRINCIPAL_FILE, PROJECTED)):
        rows = [
            (code, name, "district", sex, age, *(rng.randrange(1, 900) for _ in years))
            for code, name in DISTRICTS.items()
            for sex in SEXES
            for age in range(101)
        ]
        write_rows(folder / file, (*who, *years), rows)
    bands = range(0, 95, 5)
    rows = [
        (code, name, "district", variant, title, sex, age, *(rng.randrange(1, 4000) for _ in PROJECTED))
        for code, name in DISTRICTS.items()
        for variant, title in VARIANTS.items()
        for sex in SEXES
        for age in bands
    ]
    heading = ("area_code", "area_name", "area_type", "variant", "variant_name", "sex", "age_band_start", *PROJECTED)
    write_rows(folder / VARIANTS_FILE, heading, rows)
    _write_small_areas(folder, rng)
    return folder


def _write_small_areas(folder: Path, rng: random.Random) -> None:
    lookup, people = [], []
    for number, code in enumerate(DISTRICTS):
        for place in range(5):
            lsoa = f"E0100{number}{place:03d}"
            ods, group = NORTH if code == SPLIT and place >= 3 else WEST
            lookup.append((lsoa, code, ods, group))
            ages = [rng.randrange(0, 30) for _ in range(91)]
            people.append((lsoa, sum(ages), *ages))
    write_rows(folder / LOOKUP_FILE, ("lsoa11_code", "ltla21_code", "ccg_ods", "ccg_name"), lookup)
    names = (*map(str, range(90)), "90+")
    write_rows(folder / SMALL_AREAS_FILE, ("lsoa11_code", "total_population", *names), people)


def changed(path: Path, *, line: int, column: str, to: str) -> None:
    """Put another text in a cell of a CSV file; lines count from 1, which is the heading."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    rows[line - 1][rows[0].index(column)] = to
    write_rows(path, rows[0], rows[1:])


def without_line(path: Path, line: int) -> None:
    """Take a line out of a text file."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[: line - 1] + lines[line:]), encoding="utf-8")
