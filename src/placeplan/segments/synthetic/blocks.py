"""One block of people as the tables of the dataset contract.

A block depends on the seed and its own number, and on nothing else: blocks may be made in any order, by any number of
processes, and one at a time fits in memory.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from placeplan.segments.synthetic import care as caring
from placeplan.segments.synthetic.arrays import (
    BLANK,
    SEXES,
    Floats,
    Ints,
    Rows,
    Texts,
    Truths,
    Wholes,
    as_days,
    first_of_month,
    stacked,
    taken,
)
from placeplan.segments.synthetic.illness import Span, happenings, onsets
from placeplan.segments.synthetic.lives import Courses, courses
from placeplan.segments.synthetic.models import Models
from placeplan.segments.synthetic.people import Cohort, Purpose, Run, babies, grown_up
from placeplan.segments.synthetic.places import SyntheticPlace
from placeplan.segments.synthetic.recording import Recorded, Recorder
from placeplan.segments.synthetic.use import Events, Published, Year, events_of, habits, rates_of

NUMBER_OF_FLOWING = 1_000_007


@dataclass(frozen=True, eq=False)
class World:
    """Everything that a block is made of. ``long_term`` names the conditions that make a person need more.

    ``published``: events a person a year by sex and age for published groups of activity, from a data folder.
    ``flowing`` is the share of people, from above 0 to 1, whose practices send their records; those of the others are
    made up, counted in the tally and left out. ``untidy``: some codes have small letters and dots.
    """

    place: SyntheticPlace
    models: Models
    run: Run
    long_term: frozenset[str]
    published: Published = field(default_factory=dict)
    flowing: float = 1
    untidy: bool = False


@dataclass(frozen=True, eq=False)
class Part:
    """Rows of a table; ``year`` names the financial year where the table is split by it."""

    table: str
    rows: Rows
    year: str = ""


@dataclass(frozen=True)
class Tally:
    """Everybody who was made up, whether their practice sends records or not.

    ``people``: on a list on any day of each year. ``pence``: by year and setting.
    """

    people: Mapping[str, int]
    pence: Mapping[tuple[str, str], int]


@dataclass(frozen=True, eq=False)
class _Block:
    """The people of a block, what becomes of them, and when each lasting condition begins."""

    people: Cohort
    courses: Courses
    begun: Floats
    keys: tuple[str, ...]


def tables_of_block(world: World, number: int) -> Iterator[Part | Tally]:
    """The rows of every table for one block, one table (and year) after another, and last the tally."""
    block, recorder = _lived(world, number)
    sent = _flowing(world)[block.people.practice]
    pence: dict[tuple[str, str], int] = {}
    for part in _every_part(world, block, recorder=recorder, number=number):
        if part.table == "activity":
            pence |= {(part.year, setting): spend for setting, spend in _spend(part.rows).items()}
        yield part if sent.all() else Part(part.table, _of_people(part.rows, sent), part.year)
    yield Tally(_on_any_day(world, block), pence)


def _every_part(world: World, block: _Block, *, recorder: Recorder, number: int) -> Iterator[Part]:
    yield Part("people", _people(world, block))
    yield Part("registrations", _registrations(world, block))
    yield from _activity(world, block, recorder=recorder, number=number)
    yield Part("diagnoses", _diagnoses(block, recorder.rows(untidy=world.untidy)))
    yield from _care(world, block, number=number)


def _flowing(world: World) -> Truths:
    """Which practices send records: in a random order, as many as hold the wanted share of people."""
    lists = world.place.practices.lists
    draw = np.random.default_rng(np.random.SeedSequence(world.run.seed, spawn_key=(NUMBER_OF_FLOWING,)))
    order = draw.permutation(len(lists))
    before = np.cumsum(lists[order]) - lists[order]
    found = np.zeros(len(lists), dtype=bool)
    found[order] = before < world.flowing * lists.sum()
    return found


def _of_people(rows: Rows, sent: Truths) -> Rows:
    keys = rows["person_key"]
    return taken(rows, sent[keys.codes]) if isinstance(keys, Texts) else rows


def _spend(rows: Rows) -> dict[str, int]:
    """Pence by setting."""
    settings, pence = rows["setting"], rows["cost_pence"]
    if not isinstance(settings, Texts) or not isinstance(pence, Wholes):
        return {}
    # Several points of delivery may be of one setting. Sums of doubles are exact far beyond what a block can cost.
    sums = np.bincount(settings.codes, weights=pence.values, minlength=len(settings.labels))
    found: dict[str, int] = {}
    for label, spend in zip(settings.labels, sums, strict=True):
        found[label] = found.get(label, 0) + int(spend)
    return found


def _on_any_day(world: World, block: _Block) -> dict[str, int]:
    run, until = world.run, block.courses.until(world.run)
    return {
        name: int(((block.people.joined < end) & (until > start)).sum())
        for name, start, end in zip(run.names, run.bounds[:-1], run.bounds[1:], strict=True)
    }


def _lived(world: World, number: int) -> tuple[_Block, Recorder]:
    """Grown-ups first, since children are theirs; then all together."""
    run, models = world.run, world.models
    grown = grown_up(world.place, models, run=run, block=number)
    block = _with_lives(world, grown, number=number, purposes=(Purpose.ILLNESS, Purpose.LIVES))
    events = happenings(
        grown, models.illness, begun=block.begun, span=_span(block, run), died=block.courses.died, run=run,
        draw=run.draw(number, Purpose.EPISODES),
    )  # fmt: skip
    births = np.array([one.birth for one in models.illness.episodes])
    delivered = births[events.episode] & (events.day >= np.maximum(run.start, grown.joined[events.person]))
    mothers, days = events.person[delivered], events.day[delivered]
    young = babies(grown.taken(mothers), days, run=run, block=number, models=models)
    others = _with_lives(world, young, number=number, purposes=(Purpose.BABIES_ILLNESS, Purpose.BABIES_LIVES))
    everybody = grown.with_others(young)
    whole = _Block(
        people=everybody,
        courses=block.courses.with_others(others.courses),
        begun=np.concatenate([block.begun, others.begun]),
        keys=tuple(f"SYN{number:05d}-{one:06d}" for one in range(everybody.size)),
    )
    recorder = Recorder(models.illness, everybody, begun=whole.begun, run=run, draw=run.draw(number, Purpose.RECORDS))
    recorder.lasting(span=_span(whole, run))
    recorder.happened(events)
    return whole, recorder


def _with_lives(world: World, people: Cohort, *, number: int, purposes: tuple[Purpose, Purpose]) -> _Block:
    run, models = world.run, world.models
    begun = onsets(people, models.illness.lasting, ages=models.illness.ages, draw=run.draw(number, purposes[0]))
    long_term = begun[:, _long_term(world)]
    draw = run.draw(number, purposes[1])
    found = courses(people, models.lives, begun=long_term, place=world.place, run=run, draw=draw)
    return _Block(people, found, begun, ())


def _long_term(world: World) -> Ints:
    names = [one.id for one in world.models.illness.lasting]
    return np.array([number for number, name in enumerate(names) if name in world.long_term], dtype=np.int64)


def _span(block: _Block, run: Run) -> Span:
    return Span(np.floor(block.people.born), block.courses.until(run))


def _people(world: World, block: _Block) -> Rows:
    died = block.courses.died
    return {
        "person_key": Texts(block.keys, np.arange(block.people.size)),
        "birth_month": first_of_month(block.people.born),
        "death_month": first_of_month(np.where(died < world.run.end, died, np.inf)),
        "sex": Texts(SEXES, block.people.sex),
        "small_area": Texts(world.place.areas.codes, block.people.area),
    }


def _registrations(world: World, block: _Block) -> Rows:
    """One spell for each person, and a second one for those who change their practice."""
    people, course, run = block.people, block.courses, world.run
    gone = np.where(course.gone < run.end, course.gone, np.inf)
    first: Rows = {
        "person_key": Texts(block.keys, np.arange(people.size)),
        "practice": Texts(world.place.practices.codes, people.practice),
        "start": as_days(people.listed),
        "end": as_days(np.where(np.isfinite(course.changed), course.changed - 1, gone)),
    }
    moved = np.flatnonzero(np.isfinite(course.changed))
    second: Rows = {
        "person_key": Texts(block.keys, moved),
        "practice": Texts(world.place.practices.codes, course.new_practice[moved]),
        "start": as_days(course.changed[moved]),
        "end": as_days(gone[moved]),
    }
    return stacked([first, second])


def _diagnoses(block: _Block, recorded: Recorded) -> Rows:
    return {
        "person_key": Texts(block.keys, recorded.person),
        "code_system": Texts(("icd10",), np.zeros(len(recorded.person), dtype=np.int64)),
        "code": Texts(recorded.codes, recorded.code),
        "recorded": as_days(recorded.day),
        "source": Texts(recorded.sources, recorded.source),
    }


def _activity(world: World, block: _Block, *, recorder: Recorder, number: int) -> Iterator[Part]:
    run, activity = world.run, world.models.activity
    draw = run.draw(number, Purpose.ACTIVITY)
    rates = rates_of(activity, world.published)
    usual = habits(block.people, activity, draw=draw)
    for name, start, end in zip(run.names, run.bounds[:-1], run.bounds[1:], strict=True):
        year = _year(world, block, start=start, end=end)
        parts: list[Rows] = []
        moments: list[Ints] = []
        for place, use in enumerate(activity.uses):
            events = events_of(
                use, block.people, year=year, rates=rates[use.id], habit=usual[:, place],
                most=activity.most_conditions, draw=draw,
            )  # fmt: skip
            parts.append(_events(world, block, events=events, place=place))
            moments.append(events.person * (end - start) + events.day - start)
            if use.diagnosed:
                recorder.in_hospital(events.person, events.day)
        order = np.argsort(np.concatenate(moments), kind="stable")
        yield Part("activity", taken(stacked(parts), order), name)


def _year(world: World, block: _Block, *, start: int, end: int) -> Year:
    since = np.clip(block.people.joined, start, end)
    until = np.clip(block.courses.until(world.run), since, end)
    has = block.begun < start
    names = [one.id for one in world.models.illness.lasting]
    return Year(
        start=start,
        end=end,
        since=since,
        until=until,
        conditions=has[:, _long_term(world)].sum(axis=1),
        dying=((block.courses.died >= start) & (block.courses.died < end)).astype(np.int64),
        has={name: has[:, place].astype(np.int64) for place, name in enumerate(names)},
    )


def _events(world: World, block: _Block, *, events: Events, place: int) -> Rows:
    uses = world.models.activity.uses
    size = len(events.person)
    nights = events.nights if events.nights is not None else np.full(size, BLANK)
    return {
        "person_key": Texts(block.keys, events.person),
        "date": as_days(events.day),
        "setting": Texts([use.setting for use in uses], np.full(size, place)),
        "point_of_delivery": Texts([use.id for use in uses], np.full(size, place)),
        "provider": _provider(world, block, events=events),
        "event": Texts([str(number) for number in range(1000)], np.minimum(events.number, 999)),
        "bed_days": Wholes(nights, nights == BLANK),
        "cost_pence": Wholes(events.pence),
    }


def _provider(world: World, block: _Block, *, events: Events) -> Texts:
    """The practice for general practice; for all else one invented provider for each larger area and kind."""
    practices = world.place.practices.codes
    kinds = sorted({use.provider for use in world.models.activity.uses} - {"practice"})
    labels = (*practices, *(f"SYN-{kind.upper()}" for kind in kinds))
    if events.use.provider == "practice":
        return Texts(labels, _practice_on(block, events))
    return Texts(labels, np.full(len(events.person), len(practices) + kinds.index(events.use.provider)))


def _practice_on(block: _Block, events: Events) -> Ints:
    moved = events.day >= block.courses.changed[events.person]
    found: Ints = np.where(moved, block.courses.new_practice[events.person], block.people.practice[events.person])
    return found


def _care(world: World, block: _Block, *, number: int) -> Iterator[Part]:
    run, model = world.run, world.models.care
    draw = run.draw(number, Purpose.CARE)
    packages = caring.packages(block.people, model, gone=block.courses.gone, run=run, draw=draw)
    yield Part(
        "care_packages",
        {
            "person_key": Texts(block.keys, packages.person),
            "kind": Texts([one.id for one in model.packages], packages.kind),
            "start": as_days(packages.start),
            "end": as_days(packages.end),
            "weekly_cost_pence": Wholes(packages.weekly_pence),
        },
    )
    measured = caring.measured(
        block.people, model, begun=block.begun[:, _long_term(world)], since=block.people.joined,
        until=block.courses.until(run), run=run, draw=draw,
    )  # fmt: skip
    yield Part(
        "measures",
        {
            "person_key": Texts(block.keys, measured.person),
            "measure": Texts(caring.measure_names(model), measured.measure),
            "measured": as_days(measured.day),
            "value": measured.value,
        },
    )
