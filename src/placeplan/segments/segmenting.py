"""One segment a person: the rules of a scheme as one expression."""

from collections.abc import Sequence

import narwhals.stable.v2 as nw

from placeplan.segments.code_lists import Markers, any_of
from placeplan.segments.engine import Frame
from placeplan.segments.features import FRAILTY, LONG_TERM, flag_column
from placeplan.segments.membership import AGE
from placeplan.segments.schemes import UNKNOWN_AGE, Alternative, Rule, Scheme

SEGMENT, RULE, AGE_BAND = "segment", "rule", "age_band"


def segmented(people: Frame, scheme: Scheme, *, markers: Markers) -> Frame:
    """People with ``segment``, the ``rule`` that decided, and ``age_band``.

    Args:
        people: one row a person, from ``Features.of_people``.
        scheme: a scheme that was proved to be a partition; in one that was not, a segment may be blank.
        markers: where the bits of the conditions stand in ``people``.
    """
    rules = scheme.by_priority
    found = people.with_columns(_first_that_holds(rules, markers).alias(RULE), _age_band(scheme).alias(AGE_BAND))
    segment = nw.lit(None, dtype=nw.String)
    for rule in reversed(rules):
        segment = nw.when(nw.col(RULE) == rule.id).then(nw.lit(rule.segment)).otherwise(segment)
    return found.with_columns(segment.alias(SEGMENT))


def _first_that_holds(rules: Sequence[Rule], markers: Markers) -> nw.Expr:
    found = nw.lit(None, dtype=nw.String)
    for rule in reversed(rules):
        found = nw.when(_any([_holds(one, markers) for one in rule.when])).then(nw.lit(rule.id)).otherwise(found)
    return found


def _holds(alternative: Alternative, markers: Markers) -> nw.Expr:
    """Every test of an alternative. A blank fact makes a test blank, and a blank test does not hold."""
    tests: list[nw.Expr] = []
    if alternative.age:
        tests += _between(AGE, alternative.age.from_, last=alternative.age.to)
    if alternative.long_term_conditions:
        count = alternative.long_term_conditions
        tests += _between(LONG_TERM, count.at_least, last=count.at_most)
    if alternative.any_condition:
        tests.append(any_of(markers, alternative.any_condition))
    if alternative.any_flag:
        tests.append(_any([nw.col(flag_column(name)) == 1 for name in alternative.any_flag]))
    if alternative.frailty:
        tests.append(nw.col(FRAILTY) >= alternative.frailty.at_least.level)
    return _all(tests) if tests else nw.lit(1) == nw.lit(1)


def _between(column: str, first: int | None, *, last: int | None) -> list[nw.Expr]:
    ends = [nw.col(column) >= first] if first is not None else []
    return [*ends, nw.col(column) <= last] if last is not None else ends


def _any(tests: Sequence[nw.Expr]) -> nw.Expr:
    found, *others = tests
    for other in others:
        found = found | other
    return found


def _all(tests: Sequence[nw.Expr]) -> nw.Expr:
    found, *others = tests
    for other in others:
        found = found & other
    return found


def _age_band(scheme: Scheme) -> nw.Expr:
    band = nw.lit(UNKNOWN_AGE)
    for one in scheme.age_bands:
        band = nw.when(nw.col(AGE) >= one.from_).then(nw.lit(one.id)).otherwise(band)
    return band
