"""Takes the identifiers out of a block of rows: keyed hashes, months and small areas stand in their place."""

from collections import Counter
from dataclasses import dataclass, field

import polars as pl

from placeplan.app.segments.extracts import IDENTIFIER, RAW, as_day, as_kind, as_postcode, blank_as_null
from placeplan.segments.contract import PERSON_KEY, Column, Contract, Kind
from placeplan.segments.privacy.jobs import REGISTRATIONS, Source
from placeplan.segments.privacy.linking import (
    HELD_BACK,
    LISTED,
    MATCH,
    NUMBER,
    ON_A_LIST,
    PASS,
    Identifier,
    Linkage,
    NumberStatus,
    match_column,
)
from placeplan.segments.privacy.nhs_numbers import DIGITS, WRITTEN, are_nhs_numbers, is_placeholder
from placeplan.segments.privacy.pseudonyms import Pseudonymiser

MOST_REMEMBERED = 5_000_000
RECENCY = "recency"
_SEPARATOR = "\x1f"
_DIGITS, _NUMBER, _OPTED_OUT, _BORN = (
    "own:digits",
    "own:number",
    "own:opted-out",
    f"{IDENTIFIER}{Identifier.BIRTH_DATE}",
)
_POSTCODE = f"{IDENTIFIER}{Identifier.POSTCODE}"
_LIKE_AN_IDENTIFIER = "[0-9]{10}|[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}"
_SHAPES = {Kind.WHOLE: pl.Int64, Kind.PENCE: pl.Int64, Kind.NUMBER: pl.Float64, Kind.DATE: pl.Date, Kind.MONTH: pl.Date}


@dataclass(frozen=True, eq=False)
class HiddenBlock:
    """A block without identifiers.

    ``rows``: what may be linked. ``people``: what passes compare with. ``opted_out``: rows that were left out, by the
    status of their number. ``unreadable`` and ``leaks``: cells by column.
    """

    rows: pl.DataFrame
    people: pl.DataFrame
    opted_out: int
    unreadable: Counter[str]
    leaks: Counter[str]


@dataclass(frozen=True, eq=False)
class Hiding:
    """What is needed to take identifiers out.

    ``sexes``: words by what they mean. ``small_areas``: ``postcode`` and ``small_area``, or nothing. ``opted_out``:
    valid NHS numbers as whole numbers.
    """

    pseudonymiser: Pseudonymiser
    linkage: Linkage
    contract: Contract
    sexes: dict[str, str]
    opted_out: pl.Series
    small_areas: pl.DataFrame | None = None
    remembered: "Remembered" = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "remembered", Remembered(self.pseudonymiser))

    def block(self, frame: pl.DataFrame, source: Source) -> HiddenBlock:
        """Take the identifiers out of a block."""
        known = self._with_identifiers(frame)
        leaving, unreadable = self._leaving(known, source)
        hidden = pl.concat([known, leaving], how="horizontal")
        leaks = _leaks(hidden, [column for column in self._columns(source) if column.name in leaving.columns])
        matched = hidden.with_columns(self._matches(hidden, source))
        gone = matched[_OPTED_OUT]
        people = self._people(matched, source)
        mine = [*leaving.columns, NUMBER, LISTED, PERSON_KEY, *self._match_names()]
        return HiddenBlock(matched.filter(~gone).select(mine), people, int(gone.sum()), unreadable, leaks)

    def _columns(self, source: Source) -> list[Column]:
        """The columns of the contract that the rows of a source fill, but the person key."""
        tables = [source.table, *([REGISTRATIONS] if source.tells_registrations else [])]
        return [column for name in tables for column in self.contract[name].columns if column.name != PERSON_KEY]

    def _match_names(self) -> list[str]:
        return [match_column(number) for number, one in enumerate(self.linkage.passes) if not one.by_number_alone]

    def _with_identifiers(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The raw block with its identifiers in one form, the status of the number, and who opted out."""
        names = [name for name in frame.columns if name.startswith(IDENTIFIER)]
        given = frame.with_columns(_normalised(frame[name], sexes=self.sexes) for name in names)
        text = given[f"{IDENTIFIER}{Identifier.NHS_NUMBER}"]
        digits = pl.select(
            pl.when(text.str.contains(WRITTEN)).then(text.str.replace_all("[ -]", "")).otherwise(None)
        ).to_series()
        numbers = digits.cast(pl.Int64).fill_null(-1).to_numpy()
        placeholder = pl.Series("placeholder", is_placeholder(numbers))
        fine = pl.Series("fine", are_nhs_numbers(numbers)) & ~placeholder
        status = (
            pl.when(pl.lit(fine)).then(pl.lit(NumberStatus.VALID.value))
            .when(pl.lit(text.is_null() | placeholder)).then(pl.lit(NumberStatus.MISSING.value))
            .otherwise(pl.lit(NumberStatus.INVALID.value))
        )  # fmt: skip
        valid = pl.Series(_NUMBER, numbers).set(~fine, None)
        return given.with_columns(
            valid,
            digits.alias(_DIGITS),
            status.alias(NUMBER),
            valid.is_in(self.opted_out.implode()).fill_null(value=False).alias(_OPTED_OUT),
            self.remembered.person_keys(valid),
        )

    def _leaving(self, known: pl.DataFrame, source: Source) -> tuple[pl.DataFrame, Counter[str]]:
        """The columns of the contract, typed, and how many cells of each could not be read."""
        unreadable: Counter[str] = Counter()
        columns: list[pl.Series] = []
        for column in self._columns(source):
            raw = f"{RAW}{column.name}"
            if raw in known.columns:
                typed = as_kind(known[raw], column.kind).alias(column.name)
                unreadable[column.name] = _lost(known[raw], typed)
            else:
                typed = pl.Series(column.name, [None], dtype=_SHAPES.get(column.kind, pl.String)).new_from_index(
                    0, known.height
                )
            columns.append(_not_the_day_of_birth(typed, column, known=known))
        leaving = pl.DataFrame(columns)
        if source.is_list:
            leaving = leaving.with_columns(known.select(**self._of_the_person(known)))
            leaving = leaving.with_columns(_recency(leaving).alias(RECENCY))
            unreadable["postcode"] = self._unknown_postcodes(known, leaving)
        if "event" in leaving.columns:
            leaving = leaving.with_columns(self._events(leaving["event"], source))
        return leaving, +unreadable

    def _unknown_postcodes(self, known: pl.DataFrame, leaving: pl.DataFrame) -> int:
        """How many postcodes the lookup does not have."""
        if self.small_areas is None or _POSTCODE not in known.columns:
            return 0
        return int((known[_POSTCODE].is_not_null() & leaving["small_area"].is_null()).sum())

    def _of_the_person(self, known: pl.DataFrame) -> dict[str, pl.Expr]:
        """What is told of a person: month of birth, sex, small area."""
        area = pl.lit(None, dtype=pl.String)
        if f"{IDENTIFIER}{Identifier.SMALL_AREA}" in known.columns:
            area = pl.col(f"{IDENTIFIER}{Identifier.SMALL_AREA}")
        elif self.small_areas is not None and _POSTCODE in known.columns:
            found = known.select(postcode=_POSTCODE).join(
                self.small_areas, on="postcode", how="left", maintain_order="left"
            )
            area = pl.lit(found["small_area"])
        return {
            "birth_month": pl.col(_BORN).dt.truncate("1mo"),
            "sex": pl.col(f"{IDENTIFIER}{Identifier.SEX}").fill_null("unknown"),
            "small_area": area,
        }

    def _events(self, events: pl.Series, source: Source) -> pl.Series:
        """The number of an event as a keyed hash, since a provider's own number leads back to its record."""
        return hashed(events, self.pseudonymiser, kind=f"event of {source.name}")

    def _matches(self, known: pl.DataFrame, source: Source) -> list[pl.Series]:
        """For each pass the keyed hash of what it compares, where all of it is known and the pass is for the row."""
        valid = pl.col(NUMBER) == NumberStatus.VALID.value
        listed = pl.Series(LISTED, [int(source.is_list)], dtype=pl.Int64).new_from_index(0, known.height)
        found = [listed.alias(LISTED)]
        for number, one in enumerate(self.linkage.passes):
            if not one.by_number_alone:
                asked = valid & ~pl.col(_OPTED_OUT) if one.by_number else ~valid | pl.col(_OPTED_OUT) | source.is_list
                parts = [_compared(field, known) for field in one.agree]
                text = known.select(pl.when(asked).then(pl.concat_str(parts, separator=_SEPARATOR))).to_series()
                matches = hashed(text, self.pseudonymiser, kind=f"match by {one.name}")
                found.append(matches.alias(match_column(number)))
        return found

    def _people(self, matched: pl.DataFrame, source: Source) -> pl.DataFrame:
        """What passes compare with: the people of a list, and whom to hold back since they opted out."""
        gone, valid = pl.col(_OPTED_OUT), pl.col(NUMBER) == NumberStatus.VALID.value
        parts = []
        for number, one in enumerate(self.linkage.passes):
            held = gone if not one.by_number else pl.lit(value=False)
            told = (valid & ~gone) if source.is_list else pl.lit(value=False)
            match = PERSON_KEY if one.by_number_alone else match_column(number)
            parts.append(_of_pass(matched.filter(told | held), number, match=match))
        if self.linkage.may_disagree and source.is_list:
            parts.append(_of_pass(matched.filter(valid & ~gone), ON_A_LIST, match=PERSON_KEY))
        return pl.concat(parts)


class Remembered:
    """Pseudonyms of NHS numbers, so that each number is hashed once; the memory for it is bounded."""

    def __init__(self, pseudonymiser: Pseudonymiser) -> None:
        self._pseudonymiser = pseudonymiser
        self._known = pl.DataFrame(schema={_NUMBER: pl.Int64, PERSON_KEY: pl.String})

    def person_keys(self, numbers: pl.Series) -> pl.Series:
        """The pseudonym of each number; null for null."""
        unique = numbers.drop_nulls().unique().to_frame(_NUMBER)
        new = unique.join(self._known, on=_NUMBER, how="anti")
        texts = [f"{number:0{DIGITS}d}" for number in new[_NUMBER].to_list()]
        keys = pl.Series(PERSON_KEY, self._pseudonymiser.pseudonyms(texts, kind="person"), dtype=pl.String)
        every = pl.concat([self._known, new.with_columns(keys)])
        if every.height <= MOST_REMEMBERED:
            self._known = every
        asked = numbers.to_frame(_NUMBER)
        return asked.join(every, on=_NUMBER, how="left", maintain_order="left")[PERSON_KEY]


def hashed(texts: pl.Series, pseudonymiser: Pseudonymiser, *, kind: str) -> pl.Series:
    """The keyed hash of each text, each different text hashed once; null for null."""
    unique = texts.drop_nulls().unique()
    hashes = pl.Series("hash", pseudonymiser.pseudonyms(unique.to_list(), kind=kind), dtype=pl.String)
    lookup = pl.DataFrame([unique.alias("text"), hashes])
    found = texts.to_frame("text").join(lookup, on="text", how="left", maintain_order="left")
    return found["hash"].alias(texts.name)


def _normalised(given: pl.Series, *, sexes: dict[str, str]) -> pl.Series:
    """An identifier in one form, whatever way it is written."""
    which = Identifier(given.name.removeprefix(IDENTIFIER))
    if which is Identifier.BIRTH_DATE:
        return as_day(given)
    column = pl.col(given.name)
    if which is Identifier.NHS_NUMBER:
        plain = blank_as_null(column.cast(pl.String).str.zfill(DIGITS) if given.dtype.is_integer() else column)
    elif which is Identifier.SEX:
        words = blank_as_null(column).str.to_lowercase()
        plain = words.replace_strict(sexes, default=None, return_dtype=pl.String)
    elif which is Identifier.POSTCODE:
        plain = as_postcode(column)
    elif which in {Identifier.SURNAME, Identifier.SURNAME_INITIAL}:
        letters = column.cast(pl.String).str.normalize("NFKD").str.to_uppercase().str.replace_all("[^A-Z]", "")
        plain = blank_as_null(letters.str.head(1) if which is Identifier.SURNAME_INITIAL else letters)
    else:
        plain = blank_as_null(column)
    return given.to_frame().select(plain.alias(given.name)).to_series()


def _lost(raw: pl.Series, typed: pl.Series) -> int:
    """How many cells hold something that could not be read."""
    unread = raw.filter(typed.is_null() & raw.is_not_null())
    return int((unread.cast(pl.String).str.strip_chars() != "").sum())


def _compared(which: Identifier, known: pl.DataFrame) -> pl.Expr:
    """An identifier as passes compare it; null where it is not known or the extract has no such column."""
    name = f"{IDENTIFIER}{which}"
    if which is Identifier.NHS_NUMBER:
        return pl.col(_NUMBER).cast(pl.String)
    if which is Identifier.SURNAME_INITIAL and name not in known.columns:
        surname = f"{IDENTIFIER}{Identifier.SURNAME}"
        return pl.col(surname).str.head(1) if surname in known.columns else pl.lit(None, dtype=pl.String)
    return pl.col(name).cast(pl.String) if name in known.columns else pl.lit(None, dtype=pl.String)


def _not_the_day_of_birth(typed: pl.Series, column: Column, *, known: pl.DataFrame) -> pl.Series:
    """A day that is the day of birth becomes the first of its month: a birth in hospital would give it away."""
    if column.kind is not Kind.DATE or _BORN not in known.columns:
        return typed
    return typed.zip_with((typed != known[_BORN]).fill_null(value=True), typed.dt.truncate("1mo"))


def _recency(leaving: pl.DataFrame) -> pl.Expr:
    """A text by which the latest row of a person can be told, whatever the order of rows and files."""
    told = [name for name in ("start", "birth_month", "death_month", "sex", "small_area") if name in leaving.columns]
    return pl.concat_str([pl.col(name).cast(pl.String).fill_null("") for name in told], separator=_SEPARATOR)


def _leaks(hidden: pl.DataFrame, columns: list[Column]) -> Counter[str]:
    """How many cells of each column that leaves hold the NHS number or the postcode of their own row."""
    found: Counter[str] = Counter()
    own = [name for name in (_DIGITS, _POSTCODE) if name in hidden.columns]
    for column in columns:
        if column.kind.is_text and column.name != "event":
            plain = pl.col(column.name).str.to_uppercase().str.replace_all("[^A-Z0-9]", "")
            doubtful = hidden.select(pl.col(column.name).unique()).filter(plain.str.contains(_LIKE_AN_IDENTIFIER))
            rows = hidden.select(column.name, *own).join(doubtful, on=column.name, how="semi")
            held = rows.select(pl.any_horizontal(plain.str.contains(pl.col(name), literal=True) for name in own))
            found[column.name] = int(held.to_series().sum() or 0)
    return +found


def _of_pass(people: pl.DataFrame, number: int, *, match: str) -> pl.DataFrame:
    return (
        people.select(
            pl.lit(number, dtype=pl.Int64).alias(PASS),
            pl.col(match).alias(MATCH),
            pl.when(~pl.col(_OPTED_OUT)).then(PERSON_KEY).alias(PERSON_KEY),
            pl.col(_OPTED_OUT).cast(pl.Int64).alias(HELD_BACK),
        )
        .filter(pl.col(MATCH).is_not_null())
        .unique()
    )
