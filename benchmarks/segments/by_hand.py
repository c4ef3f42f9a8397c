"""The same tables as an analyst who knows the engine would write it: one SQL text for one scheme, nothing wasted."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from placeplan.app.segments.definitions import read_definitions
from placeplan.segments.conditions import Condition
from placeplan.segments.periods import Period, months_before

GROUPS = (
    "dementia",
    "cancer",
    "serious-mental-illness",
    "learning-disability",
    "physical-disability",
    "homelessness",
    "drugs",
)


def tables(folder: Path, period: Period, *, ways: Sequence[Sequence[str]]) -> list[list[tuple[object, ...]]]:
    """People, events, bed days and pence by the segments of the scheme of 2017 and more, in each of several ways."""
    with duckdb.connect() as connection:
        conditions = read_definitions().conditions
        connection.execute("CREATE TEMP TABLE prefixes (prefix VARCHAR, bit BIGINT, months INTEGER)")
        rows = [(p, number, one.look_back_months) for number, one in enumerate(conditions) for p in one.prefixes]
        connection.execute(
            "INSERT INTO prefixes SELECT unnest(?::VARCHAR[]), unnest(?::BIGINT[]), unnest(?::INTEGER[])",
            [list(column) for column in zip(*rows, strict=True)],
        )
        connection.execute(f"CREATE TEMP TABLE people AS {_text(folder, period, conditions=conditions)}")
        return [
            connection.execute(
                f"SELECT {', '.join(way)}, count(*)::BIGINT, sum(events)::BIGINT, sum(bed_days)::BIGINT, "
                "sum(pence)::BIGINT FROM people GROUP BY ALL ORDER BY ALL"
            ).fetchall()
            for way in ways
        ]


def _text(folder: Path, period: Period, *, conditions: tuple[Condition, ...]) -> str:
    bits = {one.id: 1 << number for number, one in enumerate(conditions)}
    long_term = sum(bits[one.id] for one in conditions if one.long_term)
    dementia, cancer, mental, learning, physical, homeless, drugs = (bits[name] for name in GROUPS)
    windows = sorted({one.look_back_months for one in conditions if one.look_back_months})
    masks = ", ".join(
        f"bit_or(CASE WHEN months {'IS NULL' if m is None else f'= {m}'} THEN 1::BIGINT << bit ELSE 0 END) AS m{m or 0}"
        for m in (None, *windows)
    )
    recent = " | ".join(
        ["m0", *(f"CASE WHEN recorded > DATE '{months_before(period.last, m)}' THEN m{m} ELSE 0 END" for m in windows)]
    )
    first, last = f"DATE '{period.first}'", f"DATE '{period.last}'"
    since = f"DATE '{months_before(period.last, 24)}'"
    return f"""
    WITH codes AS (SELECT code, {masks} FROM (SELECT DISTINCT code FROM '{folder}/diagnoses.parquet'
            WHERE code_system = 'icd10') c
        JOIN prefixes p ON starts_with(regexp_replace(upper(c.code), '[^A-Z0-9]', '', 'g'), p.prefix) GROUP BY code),
    words AS (SELECT person_key, bit_or({recent}) AS w FROM '{folder}/diagnoses.parquet' JOIN codes USING (code)
        WHERE code_system = 'icd10' AND recorded <= {last} GROUP BY person_key),
    spend AS (SELECT person_key, count(*) AS events, sum(bed_days) AS bed_days, sum(cost_pence) AS pence
        FROM '{folder}/activity.parquet' WHERE date BETWEEN {first} AND {last} GROUP BY person_key),
    latest AS (SELECT person_key, measure, arg_max(value, measured) AS value, max(measured) AS measured
        FROM '{folder}/measures.parquet' WHERE measured <= {last} AND measure IN ('needs-daily-help', 'excluded')
        GROUP BY person_key, measure),
    flags AS (SELECT person_key, bool_or(measure = 'needs-daily-help' AND value >= 1 AND measured > {since}) AS help,
        bool_or(measure = 'excluded' AND value >= 1 AND measured > {since}) AS excluded
        FROM latest GROUP BY person_key),
    lists AS (SELECT person_key, arg_max(practice, start) AS practice FROM '{folder}/registrations.parquet'
        WHERE start <= {last} AND ("end" IS NULL OR "end" >= {first}) GROUP BY person_key),
    people AS (SELECT person_key, birth_month, sex, small_area, practice
        FROM '{folder}/people.parquet' JOIN lists USING (person_key)
        WHERE death_month IS NULL OR death_month >= {first}),
    told AS (SELECT person_key, practice, sex, small_area, coalesce(w, 0) AS w,
        bit_count(coalesce(w, 0) & {long_term}) AS n,
        ({period.months} - (year(birth_month) * 12 + month(birth_month))) // 12 AS age,
        help, excluded, coalesce(events, 0) AS events, coalesce(bed_days, 0) AS bed_days, coalesce(pence, 0) AS pence
        FROM people LEFT JOIN words USING (person_key) LEFT JOIN spend USING (person_key)
        LEFT JOIN flags USING (person_key))
    SELECT person_key, practice, sex, small_area, events, bed_days, pence,
        CASE WHEN w & {dementia} <> 0 THEN 'dementia' WHEN w & {cancer} <> 0 THEN 'cancer'
            WHEN w & {mental} <> 0 THEN 'serious-mental-illness' WHEN w & {learning} <> 0 THEN 'learning-disability'
            WHEN w & {physical} <> 0 OR help THEN 'physical-disability' WHEN n >= 4 THEN 'four-or-more-conditions'
            WHEN n >= 1 THEN 'one-to-three-conditions'
            WHEN w & {homeless | drugs} <> 0 OR excluded THEN 'socially-excluded' ELSE 'mostly-healthy' END AS segment,
        CASE WHEN age >= 70 THEN '70+' WHEN age >= 16 THEN '16-69' WHEN age >= 0 THEN '0-15' ELSE 'unknown'
            END AS age_band
    FROM told
    """
