"""Says what a scheme is: its segments, its rules in words, and what they rest on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from placeplan.app.segments.definitions import read_definitions, read_schemes
from placeplan.app.segments.naming_schemes import scheme_named
from placeplan.rounds.governance import Confidence
from placeplan.segments.conditions import Condition, Definitions, Flag, Frailty, Sourced
from placeplan.segments.schemes import Alternative, Rule, Scheme

UNCONFIRMED = " [UNCONFIRMED]"
OTHERWISE = "everybody else"


@dataclass(frozen=True, slots=True)
class ListedScheme:
    """A line of the list of schemes."""

    id: str
    title: str
    segments: int
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and the lines under it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DescribedScheme:
    """A scheme in words. ``overdue``: nobody has looked at it since its review was due."""

    id: str
    title: str
    confirmed: bool
    overdue: bool
    parts: tuple[Part, ...]


def list_schemes() -> tuple[ListedScheme, ...]:
    """The schemes that come with Placeplan."""
    return tuple(
        ListedScheme(one.id, one.title, len(one.segments), one.confidence is Confidence.CONFIRMED)
        for one in read_schemes()
    )


def describe_scheme(name: str, *, day: date) -> DescribedScheme:
    """A scheme in words.

    Args:
        name: of a scheme that comes with Placeplan, or a file that ends in ``.yaml``.
        day: on which a review may be overdue.

    Raises:
        InputError: there is no such scheme, or it does not put everybody in exactly one segment.
    """
    scheme, definitions = scheme_named(name), read_definitions()
    parts = (
        Part("Source", (scheme.reference, *filter(None, (scheme.note,)))),
        Part("Segments", tuple(f"{one.id}: {one.title}{_mark(one.confidence)}" for one in scheme.segments)),
        Part("Rules, the first that holds decides", tuple(map(rule_in_words, scheme.by_priority))),
        Part("Age bands", (", ".join(band.id for band in scheme.age_bands),)),
        Part("Conditions that rules name", tuple(_conditions(scheme, definitions))),
        Part("Marks that rules name", tuple(_flags(scheme, definitions))),
        Part("Long-term conditions that are counted", tuple(_long_term(scheme, definitions))),
        Part("Frailty", tuple(_frailty(scheme, definitions))),
        Part("Sources of conditions and marks", tuple(_sources(scheme, definitions))),
        Part("Review", (f"Reviewed {scheme.review.reviewed} by {scheme.review.reviewer}, due {_due(scheme)}.",)),
    )
    return DescribedScheme(
        id=scheme.id,
        title=scheme.title,
        confirmed=scheme.confidence is Confidence.CONFIRMED,
        overdue=day > scheme.review.review_due,
        parts=tuple(part for part in parts if part.lines),
    )


def rule_in_words(rule: Rule) -> str:
    """A rule as a sentence: ``3. serious-mental-illness, when the person has serious-mental-illness``."""
    told = " or ".join(map(_alternative, rule.when))
    return f"{rule.priority}. {rule.segment}: {told}"


def _alternative(alternative: Alternative) -> str:
    told = [*_age(alternative), *_count(alternative)]
    if alternative.any_condition:
        told.append(f"has {' or '.join(alternative.any_condition)}")
    if alternative.any_flag:
        told.append(f"is marked {' or '.join(alternative.any_flag)}")
    if alternative.frailty:
        told.append(f"frailty is {_bands_from(alternative.frailty.at_least)}")
    return " and ".join(told) or OTHERWISE


def _age(alternative: Alternative) -> Iterator[str]:
    test = alternative.age
    if test is None:
        return
    if test.to is None:
        yield f"age {test.from_} or over"
    elif test.from_ is None:
        yield f"age {test.to} or under"
    else:
        yield f"age {test.from_} to {test.to}"


def _count(alternative: Alternative) -> Iterator[str]:
    test = alternative.long_term_conditions
    if test is None:
        return
    if test.at_most is None:
        yield f"{test.at_least} or more long-term conditions"
    elif test.at_least is None:
        yield f"at most {test.at_most} long-term conditions"
    else:
        yield f"{test.at_least} to {test.at_most} long-term conditions"


def _bands_from(least: Frailty) -> str:
    return " or ".join(band for band in Frailty if band.level >= least.level)


def _conditions(scheme: Scheme, definitions: Definitions) -> Iterator[str]:
    for one in definitions.conditions:
        if one.id in scheme.conditions:
            yield _condition(one)


def _condition(one: Condition) -> str:
    back = f", within {one.look_back_months} months" if one.look_back_months else ""
    return f"{one.id}: {one.title} ({', '.join(one.icd10)}{back}){_mark(one.confidence)}"


def _flags(scheme: Scheme, definitions: Definitions) -> Iterator[str]:
    for one in definitions.flags:
        if one.id in scheme.flags:
            yield f"{one.id}: {one.title} ({_read_from(one)}){_mark(one.confidence)}"


def _read_from(flag: Flag) -> str:
    back = f", within {flag.look_back_months} months" if flag.look_back_months else ""
    return f"{flag.of.replace('-', ' ')}: {', '.join(flag.among)}{back}"


def _long_term(scheme: Scheme, definitions: Definitions) -> Iterator[str]:
    if any(one.long_term_conditions for one in scheme.alternatives):
        yield from (_condition(one) for one in definitions.conditions if one.long_term)


def _frailty(scheme: Scheme, definitions: Definitions) -> Iterator[str]:
    if any(one.frailty for one in scheme.alternatives):
        for source in (definitions.frailty_index, definitions.hospital_frailty):
            yield f"{source.reference}{_mark(source.confidence)}"


def _sources(scheme: Scheme, definitions: Definitions) -> Iterator[str]:
    counted = any(one.long_term_conditions for one in scheme.alternatives)
    conditions = [one for one in definitions.conditions if one.id in scheme.conditions or (counted and one.long_term)]
    used: Sequence[Sourced] = [*conditions, *(one for one in definitions.flags if one.id in scheme.flags)]
    yield from dict.fromkeys(f"{one.reference}{_mark(one.confidence)}" for one in used)


def _due(scheme: Scheme) -> str:
    return str(scheme.review.review_due)


def _mark(confidence: Confidence) -> str:
    return "" if confidence is Confidence.CONFIRMED else UNCONFIRMED
