"""Synthetic linked records of any size, made by the engine from the number of the row and a seed: no margins fitted."""

from pathlib import Path

import duckdb

from placeplan.app.segments.definitions import read_definitions

DIAGNOSES_A_PERSON, EVENTS_A_PERSON, MEASURES_A_PERSON = 5, 20, 1
SEED = 2017
_KEY = "lower(hex({number} * 2654435761 + 1099511627776))"
_CODES = "CREATE TABLE codes AS SELECT row_number() OVER () - 1 AS i, unnest(?::VARCHAR[]) AS code"


def write_records(folder: Path, *, people: int) -> dict[str, int]:
    """Write Parquet files, and return how many rows each has."""
    prefixes = sorted({prefix for one in read_definitions().conditions for prefix in one.prefixes})
    others = [f"{letter}{number:02d}" for letter in "ABDHKLMNRZ" for number in range(0, 99, 3)]
    codes = [f"{code}{tail}" for code in (*prefixes, *others * 2) for tail in ("", ".1", "9")]
    counts = {
        "people": people,
        "registrations": people,
        "diagnoses": people * DIAGNOSES_A_PERSON,
        "activity": people * EVENTS_A_PERSON,
        "measures": people * MEASURES_A_PERSON,
    }
    with duckdb.connect() as connection:
        connection.execute(_CODES, [codes])
        for name, columns in _columns(people).items():
            join = f"JOIN codes ON codes.i = x.h4 % {len(codes)}" if name == "diagnoses" else ""
            hashes = ", ".join(f"hash(range * 10 + {n} + {SEED}) AS h{n}" for n in range(5))
            query = f"SELECT {columns} FROM (SELECT range AS r, {hashes} FROM range({counts[name]})) x {join}"
            connection.execute(f"COPY ({query}) TO '{folder / name}.parquet' (FORMAT parquet)")
    return counts


def _columns(people: int) -> dict[str, str]:
    own, skewed = _KEY.format(number="r"), _KEY.format(number=f"((h0 % {people}) * (h1 % 1000) // 1000)::BIGINT")
    born = "CAST(date_trunc('month', DATE '1925-01-01' + (h1 % 33600)::INTEGER) AS DATE)"
    joined = "CAST(DATE '1990-01-01' + (h2 % 9000)::INTEGER AS DATE)"
    day = "CAST(DATE '2012-04-01' + (h2 % 1826)::INTEGER AS DATE)"
    settings = "['primary-care', 'outpatient', 'emergency-admission', 'mental-health']"
    measures = "['frailty-deficits', 'body-mass-index', 'smoker', 'needs-daily-help', 'excluded']"
    return {
        "people": f"{own} AS person_key, {born} AS birth_month, NULL::DATE AS death_month, "
        "CASE WHEN h2 % 2 = 0 THEN 'female' ELSE 'male' END AS sex, 'E0100' || (h3 % 300) AS small_area",
        "registrations": f"{own} AS person_key, 'G82' || (h1 % 80) AS practice, {joined} AS start, "
        'NULL::DATE AS "end"',
        "diagnoses": f"{skewed} AS person_key, 'icd10' AS code_system, code, {day} AS recorded, 'gp' AS source",
        "activity": f"{skewed} AS person_key, {day} AS date, {settings}[1 + (h3 % 4)::INTEGER] AS setting, "
        "'x' AS point_of_delivery, 'RWF' AS provider, r::VARCHAR AS event, (h1 % 5)::BIGINT AS bed_days, "
        "(h4 % 500000)::BIGINT AS cost_pence",
        "measures": f"{skewed} AS person_key, {measures}[1 + (h3 % 5)::INTEGER] AS measure, {day} AS measured, "
        "(h4 % 30)::DOUBLE AS value",
    }
