"""What is known of each person on the last day of a period: conditions, scores, frailty, flags and activity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import narwhals.stable.v2 as nw

from placeplan.segments.code_lists import (
    WHOLE_CODE,
    Marker,
    Markers,
    any_of,
    condition_markers,
    normalised_text,
)
from placeplan.segments.conditions import Definitions, Flag, FlagOf, Frailty, FrailtyBand, FrailtyIndex
from placeplan.segments.contract import PERSON_KEY
from placeplan.segments.engine import Engine, Frame
from placeplan.segments.membership import AGE, Membership, members
from placeplan.segments.periods import Period, months_before
from placeplan.segments.published_lists import HOSPITAL_FRAILTY, WeightedList

LONG_TERM = "long_term_conditions"
FRAILTY = "frailty_level"
INDEX = "frailty_index"
EVENTS, BED_DAYS, SPEND = "events", "bed_days", "spend_pence"
ACTIVITY_COLUMNS = (EVENTS, BED_DAYS, SPEND)


def flag_column(flag_id: str) -> str:
    """The column of a flag: 1 where it is set, else 0."""
    return f"flag_{flag_id.replace('-', '_')}"


def tenths_column(list_id: str) -> str:
    """The column of a published score, in tenths of a point."""
    return f"{list_id.replace('-', '_')}_tenths"


@dataclass(frozen=True)
class Features:
    """What to work out of a dataset: definitions, the published lists that the user has, and whom to count.

    ``code_lists``: codes of the user's own, added to the condition that has the name of the marker.
    """

    definitions: Definitions
    lists: tuple[WeightedList, ...] = ()
    membership: Membership = Membership.ON_ANY_DAY
    code_lists: tuple[Marker, ...] = ()
    markers: Markers = field(init=False)

    def __post_init__(self) -> None:
        conditions = condition_markers(self.definitions, self.code_lists)
        every = [*conditions, *(marker for one in self.lists for marker in one.markers)]
        object.__setattr__(self, "markers", Markers(tuple(every)))

    def of_people(self, tables: Mapping[str, Frame], period: Period, *, engine: Engine) -> Frame:
        """One row a person of the period, with every fact that a rule or a table asks for.

        Args:
            tables: frames as the contract has them; ``care_packages`` and ``measures`` may be missing.
            period: the days; facts are as known on its last day.
            engine: holds the frames.
        """
        found = members(tables, period, membership=self.membership)
        parts = [
            (self._words(tables["diagnoses"], period, engine=engine), list(self.markers.words)),
            (self._activity(tables["activity"], period), [*ACTIVITY_COLUMNS, *self._columns(FlagOf.ACTIVITY)]),
        ]
        if "measures" in tables:
            parts.append((self._measures(tables["measures"], period), self._columns(FlagOf.MEASURE)))
        if "care_packages" in tables and self._columns(FlagOf.CARE_PACKAGE):
            parts.append((self._packages(tables["care_packages"], period), self._columns(FlagOf.CARE_PACKAGE)))
        for part, counts in parts:
            found = found.join(part, on=PERSON_KEY, how="left").with_columns(nw.col(counts).fill_null(0))
        found = engine.with_bits_counted(found, self._counts)
        return self._completed(found, missing=[name for name in self._flag_columns if name not in _names(parts)])

    @property
    def _counts(self) -> dict[str, dict[str, int]]:
        """What is read off the bits of a person: the number of long-term conditions, and each marker alone."""
        places = self.markers.places
        alone = {place.column: {place.word: 1 << place.bit} for place in places.values()}
        return {LONG_TERM: self.markers.masks(sorted(self.definitions.long_term))} | alone

    def _completed(self, found: Frame, *, missing: Sequence[str]) -> Frame:
        """Scores, flags of tables that are not there, and the level of frailty."""
        absent = [nw.lit(0).alias(name) for name in missing]
        scores = [self._score(one).alias(tenths_column(one.id)) for one in self.lists]
        if INDEX not in found.collect_schema().names():
            absent.append(nw.lit(None, dtype=nw.Int64).alias(INDEX))
        if scores or absent:
            found = found.with_columns(*scores, *absent)
        return found.with_columns(self._frailty().alias(FRAILTY))

    def _words(self, diagnoses: Frame, period: Period, *, engine: Engine) -> Frame:
        """The words of bits of each person, of diagnoses up to the last day and within each word's look-back."""
        dated = diagnoses.filter(nw.col("recorded") <= period.last)
        marked = dated.join(code_words(diagnoses, self.markers, engine=engine), on=["code_system", "code"], how="inner")
        inside = [_inside(word, months=months, period=period) for word, months in self.markers.words.items()]
        words = list(self.markers.words)
        return engine.joined_bits(marked.select(PERSON_KEY, *inside), by=[PERSON_KEY], words=words)

    def _activity(self, activity: Frame, period: Period) -> Frame:
        """Events, bed days and spend of each person in the period, and the flags that count events."""
        of_period = activity.filter(nw.col("date") >= period.first, nw.col("date") <= period.last)
        flags = self._flags(FlagOf.ACTIVITY)
        counted = [
            nw.when(nw.col("setting").is_in(list(flag.among))).then(1).otherwise(0).alias(flag_column(flag.id))
            for flag in flags
        ]
        summed = (
            of_period.select(PERSON_KEY, nw.col("bed_days").fill_null(0), nw.col("cost_pence"), *counted)
            .group_by(PERSON_KEY)
            .agg(
                nw.len().alias(EVENTS),
                nw.col("bed_days").sum().alias(BED_DAYS),
                nw.col("cost_pence").sum().alias(SPEND),
                *(nw.col(flag_column(flag.id)).sum() for flag in flags),
            )
        )
        enough = [_one_if(nw.col(flag_column(flag.id)) >= float(flag.at_least), flag_column(flag.id)) for flag in flags]
        return summed.with_columns(nw.col(*ACTIVITY_COLUMNS).cast(nw.Int64), *enough)

    def _measures(self, measures: Frame, period: Period) -> Frame:
        """The flags of each person that a latest measurement sets, and the band of their frailty index.

        One pass: a latest measurement reaches a level where the last day on which the level was reached is the last day
        of all. Measurements without a value are left aside. Of several on one day the largest counts.
        """
        flags, index = self._flags(FlagOf.MEASURE), self.definitions.frailty_index
        levels = [
            *(_Level(flag_column(flag.id), flag.among[0], float(flag.at_least)) for flag in flags),
            *(
                _Level(f"{INDEX}_{band.band}", index.measure, float(band.level * index.out_of), beyond=band.beyond)
                for band in index.bands
            ),
        ]
        used = sorted({one.measure for one in levels})
        known = nw.col("measure").is_in(used) & (nw.col("measured") <= period.last) & ~nw.col("value").is_null()
        days = [nw.when(nw.col("measure") == name).then(nw.col("measured")).alias(_last(name)) for name in used]
        reached = [nw.when(one.holds()).then(nw.col("measured")).alias(one.name) for one in levels]
        names = [*map(_last, used), *(one.name for one in levels)]
        found = measures.filter(known).select(PERSON_KEY, *days, *reached).group_by(PERSON_KEY).agg(nw.col(names).max())
        set_by = [
            _one_if(
                (nw.col(flag_column(flag.id)) == nw.col(_last(flag.among[0])))
                & (nw.col(_last(flag.among[0])) > months_before(period.last, flag.look_back_months or 0)),
                flag_column(flag.id),
            )
            for flag in flags
        ]
        return found.select(PERSON_KEY, *set_by, _index_level(index, period))

    def _packages(self, packages: Frame, period: Period) -> Frame:
        """The flags of each person whose care package runs on the last day."""
        end, flags = nw.col("end"), self._flags(FlagOf.CARE_PACKAGE)
        running = packages.filter(nw.col("start") <= period.last, end.is_null() | (end >= period.last))
        set_by = [_one_if(nw.col("kind").is_in(list(flag.among)), flag_column(flag.id)) for flag in flags]
        names = [flag_column(flag.id) for flag in flags]
        return running.select(PERSON_KEY, *set_by).group_by(PERSON_KEY).agg(nw.col(names).max())

    def _score(self, one: WeightedList) -> nw.Expr:
        """A published score in tenths: the weight of each marker that is set and that nothing outranks."""
        above: dict[str, list[str]] = {}
        for first, second in one.outranks:
            above.setdefault(second, []).append(first)
        total = nw.lit(0)
        for name, weight in one.tenths.items():
            points = self.markers.places[name].test() * weight
            if name in above:
                points = nw.when(any_of(self.markers, above[name])).then(0).otherwise(points)
            total = total + points
        return total

    def _frailty(self) -> nw.Expr:
        """0 for fit to 3 for severe: the heavier of the index of deficits and the points of hospital diagnoses.

        Blank where deficits were not measured and there is no list of points, or the person is too young for it.
        """
        hospital = self.definitions.hospital_frailty
        if HOSPITAL_FRAILTY not in {one.id for one in self.lists}:
            return nw.col(INDEX)
        points = nw.col(tenths_column(HOSPITAL_FRAILTY))
        by_points = nw.when(nw.col(AGE) >= hospital.from_age).then(_level(points, hospital.bands, scale=10))
        return nw.max_horizontal(nw.col(INDEX), by_points)

    def _flags(self, of: FlagOf) -> list[Flag]:
        return [flag for flag in self.definitions.flags if flag.of is of]

    def _columns(self, of: FlagOf) -> list[str]:
        return [flag_column(flag.id) for flag in self._flags(of)]

    @property
    def _flag_columns(self) -> list[str]:
        return [flag_column(flag.id) for flag in self.definitions.flags]


def code_words(diagnoses: Frame, markers: Markers, *, engine: Engine) -> Frame:
    """The words of bits of each code that stands in the diagnoses as it is written there.

    Only the distinct codes are compared with the lists, at each length that a list uses. They are kept, since an
    engine would otherwise look for them in every diagnosis once for each length.
    (Grouped, since ``unique`` becomes a numbering of all rows on DuckDB.)
    """
    words = list(markers.words)
    lookup = engine.rows(markers.lookup())
    codes = engine.kept(diagnoses.group_by("code_system", "code").agg(nw.len().alias("n")).drop("n"))
    codes = codes.with_columns(text=normalised_text())
    parts = []
    for length in markers.lengths:
        text = nw.col("text")
        beginning = text if length == WHOLE_CODE else text.str.slice(0, length)
        of_length = lookup.filter(nw.col("length") == length).drop("length")
        found = codes.with_columns(prefix=beginning).join(of_length, on=["code_system", "prefix"], how="inner")
        parts.append(found.select("code_system", "code", *words))
    return engine.kept(engine.joined_bits(nw.concat(parts), by=["code_system", "code"], words=words))


def _inside(word: str, *, months: int | None, period: Period) -> nw.Expr:
    """The bits of a diagnosis that is recent enough for them."""
    if months is None:
        return nw.col(word)
    return nw.when(nw.col("recorded") > months_before(period.last, months)).then(nw.col(word)).otherwise(0).alias(word)


@dataclass(frozen=True, slots=True)
class _Level:
    """A level that a measurement may reach."""

    name: str
    measure: str
    level: float
    beyond: bool = False

    def holds(self) -> nw.Expr:
        value = nw.col("value")
        return (nw.col("measure") == self.measure) & (value > self.level if self.beyond else value >= self.level)


def _last(measure: str) -> str:
    """The column of the last day of a measure."""
    return f"last_{measure.replace('-', '_')}"


def _index_level(index: FrailtyIndex, period: Period) -> nw.Expr:
    """0 for fit to 3 for severe, from the last days of the levels; blank where it was not measured of late."""
    last = nw.col(_last(index.measure))
    level = nw.lit(Frailty.FIT.level)
    for one in index.bands:
        level = nw.when(nw.col(f"{INDEX}_{one.band}") == last).then(one.band.level).otherwise(level)
    return nw.when(last > months_before(period.last, index.look_back_months)).then(level).alias(INDEX)


def _one_if(test: nw.Expr, name: str) -> nw.Expr:
    return nw.when(test).then(1).otherwise(0).alias(name)


def _level(value: nw.Expr, bands: Sequence[FrailtyBand], *, scale: int) -> nw.Expr:
    """The level of a value; the levels of the bands are in parts of ``scale``."""
    level = nw.lit(Frailty.FIT.level)
    for one in bands:
        limit = float(one.level * scale)
        level = nw.when(value > limit if one.beyond else value >= limit).then(one.band.level).otherwise(level)
    return level


def _names(parts: Sequence[tuple[Frame, list[str]]]) -> set[str]:
    return {name for _, names in parts for name in names}
