"""Synthetic people depend on the seed and on nothing else, and each block on nothing but itself."""

from datetime import date

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from placeplan.app.segments.definitions import read_contract, read_definitions
from placeplan.app.segments.synthetic_folder import frame_of
from placeplan.app.segments.synthetic_models import read_models
from placeplan.segments.synthetic.blocks import Tally, World, tables_of_block
from placeplan.segments.synthetic.invented import invented_place
from placeplan.segments.synthetic.people import Run

FEW = settings(max_examples=8, deadline=None)


def world(people: int, *, seed: int, years: int = 2) -> World:
    models = read_models()
    place = invented_place(("nowhere", "Nowhere"), people=people, seed=seed, lives=models.lives)
    run = Run(people=people, years=years, seed=seed, first_day=date(2017 - years, 4, 1))
    return World(place, models, run, read_definitions().long_term)


def frames(made: World, block: int) -> dict[str, pl.DataFrame]:
    found: dict[str, list[pl.DataFrame]] = {}
    for part in tables_of_block(made, block):
        if isinstance(part, Tally):
            continue
        found.setdefault(part.table, []).append(frame_of(part.rows, read_contract()[part.table]))
    return {table: pl.concat(parts) for table, parts in found.items()}


@FEW
@given(people=st.integers(1, 400), seed=st.integers(0, 2**40), years=st.integers(1, 3))
def test_the_same_seed_gives_the_same_rows(people: int, seed: int, years: int) -> None:
    first, second = (frames(world(people, seed=seed, years=years), 0) for _ in range(2))
    for table, rows in first.items():
        assert_frame_equal(rows, second[table])


@FEW
@given(people=st.integers(1, 400), seed=st.integers(0, 2**40))
def test_every_person_is_born_before_anything_happens_to_them(people: int, seed: int) -> None:
    found = frames(world(people, seed=seed), 0)
    born = found["people"].select("person_key", "birth_month", "death_month")
    for table, column in (("diagnoses", "recorded"), ("activity", "date"), ("registrations", "start")):
        rows = found[table].join(born, on="person_key", how="left")
        assert (rows[column] >= rows["birth_month"]).all()
        after_death = rows.filter(pl.col(column).dt.truncate("1mo") > pl.col("death_month"))
        assert after_death.is_empty()


@FEW
@given(people=st.integers(1, 400), seed=st.integers(0, 2**40))
def test_each_row_stands_once_at_its_grain(people: int, seed: int) -> None:
    for table, rows in frames(world(people, seed=seed), 0).items():
        assert not rows.select(read_contract()[table].grain).is_duplicated().any(), table


@FEW
@given(people=st.integers(2, 400), seed=st.integers(0, 2**40))
def test_everybody_of_the_first_day_is_there_once(people: int, seed: int) -> None:
    made = world(people, seed=seed)
    spells = frames(made, 0)["registrations"]
    on_first_day = spells.filter(
        pl.col("start") <= made.run.first_day, pl.col("end").is_null() | (pl.col("end") >= made.run.first_day)
    )
    born_or_arrived = on_first_day.filter(pl.col("start") == made.run.first_day).height
    assert people <= on_first_day.height <= people + born_or_arrived
    assert np.unique(on_first_day["person_key"].to_numpy()).size == on_first_day.height
