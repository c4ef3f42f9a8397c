"""Whom a practice looks at first: its adults with the highest scores, children with complex needs, the dearest people.

People are known by the pseudonym of the dataset. Only the practice, by an explicit step, learns who they are.

**Ties.** Adults stand in order of points; with as many points the one who cost more stands first, then the older, then
the one whose pseudonym comes first. The dearest stand in order of cost, then points, then pseudonym. So a list does not
depend on the engine, and is as long as it should be, to the person.
"""

from collections.abc import Sequence

import narwhals.stable.v2 as nw

from placeplan.segments.contract import PERSON_KEY
from placeplan.segments.engine import Frame
from placeplan.segments.features import SPEND
from placeplan.segments.membership import AGE
from placeplan.segments.periods import Period
from placeplan.segments.results import PEOPLE
from placeplan.segments.risk_scores import POINTS, RiskRules, has_complex_needs
from placeplan.segments.segmenting import AGE_BAND, SEGMENT

PRACTICE, RANK = "practice", "rank"
BEFORE, IN_ALL = "before", "in_all"
STEP = 10_000  # pence; a step of spend, above which people are counted before the dearest are put in order
LISTED = (PERSON_KEY, PRACTICE, RANK, POINTS, SPEND, SEGMENT, AGE_BAND)
ADULTS, QUOTA, ADULTS_LISTED, CHILDREN, CHILDREN_FLAGGED = "adults", "quota", "listed", "children", "children_flagged"
AGE_UNKNOWN, ADULT_SPEND, LISTED_SPEND = "age_unknown", "adult_spend_pence", "listed_spend_pence"
COVERAGE = (ADULTS, QUOTA, ADULTS_LISTED, CHILDREN, CHILDREN_FLAGGED, AGE_UNKNOWN, ADULT_SPEND, LISTED_SPEND)

STAYED, NEW, GONE = "stayed", "new", "left"
CAME_OF_AGE, FROM_ANOTHER, TO_THE_PLACE, ROSE = (
    "became an adult", "came from another practice", "new to the place", "now among those at most risk",
)  # fmt: skip
DIED, MOVED, LEFT_PLACE, FELL = (
    "died", "moved to another practice", "left the place", "no longer among those at most risk",
)  # fmt: skip


def adults_at_risk(people: Frame, rules: RiskRules) -> Frame:
    """The adults whom each practice lists, with their rank: the share of its adults that the rules say, rounded up.

    Args:
        people: one row a person of a snapshot, from ``scored``.
        rules: the share, and who is an adult.
    """
    over, under = rules.adults.share.as_integer_ratio()
    adults = _with_those_before(people.filter(nw.col(AGE) >= rules.adults.from_age), nw.col(POINTS))
    # A place is on the list when the places before it are fewer than the share of all: the share is so rounded up.
    candidates = adults.filter(nw.col(BEFORE) * under < nw.col(IN_ALL) * over)
    ranked = _ranked(candidates, [POINTS, SPEND, AGE])
    return ranked.filter((nw.col(RANK) - 1) * under < nw.col(IN_ALL) * over).select(*LISTED)


def dearest_people(people: Frame, rules: RiskRules) -> Frame:
    """The people who cost each practice most, with their rank, as many as the rules say; nobody who cost nothing."""
    spent = people.filter(nw.col(SPEND) > 0)
    candidates = _with_those_before(spent, nw.col(SPEND) - nw.col(SPEND) % STEP).filter(
        nw.col(BEFORE) < rules.dearest.people
    )
    ranked = _ranked(candidates, [SPEND, POINTS])
    return ranked.filter(nw.col(RANK) <= rules.dearest.people).select(*LISTED)


def _with_those_before(people: Frame, step: nw.Expr) -> Frame:
    """People with how many of their practice are on a higher step, and how many there are in all.

    Steps are few, so that only those who can be on a list need be put in order: this is several times as quick.
    """
    stepped = people.with_columns(step.alias("step"))
    steps = stepped.group_by(PRACTICE, "step").agg(nw.len().alias("here"))
    steps = steps.with_columns(nw.col("here").cast(nw.Int64), (-nw.col("step")).alias("less"))
    through = nw.col("here").cum_sum().over(PRACTICE, order_by="less").cast(nw.Int64)
    in_all = nw.col("here").sum().over(PRACTICE).cast(nw.Int64)
    told = steps.with_columns((through - nw.col("here")).alias(BEFORE), in_all.alias(IN_ALL))
    return stepped.join(told.select(PRACTICE, "step", BEFORE, IN_ALL), on=[PRACTICE, "step"], how="inner")


def children_with_complex_needs(people: Frame, rules: RiskRules, *, scheme_id: str) -> Frame:
    """The children of each practice with complex needs, the one with most points first."""
    names = people.collect_schema().names()
    needs = has_complex_needs(rules, scheme_id=scheme_id, columns=names)
    children = people.filter(nw.col(AGE) < rules.adults.from_age, needs)
    return _ranked(children, [POINTS, SPEND]).select(*LISTED)


def _ranked(people: Frame, highest_first: Sequence[str]) -> Frame:
    """People with their rank in their practice; the pseudonym decides what is left equal."""
    turned = [(-nw.col(name)).alias(f"less_{name}") for name in highest_first]
    order = [*(f"less_{name}" for name in highest_first), PERSON_KEY]
    numbered = people.with_columns(nw.lit(1).alias("one"), *turned)
    rank = nw.col("one").cum_sum().over(PRACTICE, order_by=order).cast(nw.Int64)
    return numbered.with_columns(rank.alias(RANK))


def coverage(people: Frame, adults: Frame, *, children: Frame, rules: RiskRules) -> Frame:
    """For each practice: its adults, how many it should list, how many are listed, and the spend that they stand for.

    People whose age is not known are neither adults nor children; they are counted apart.

    Args:
        people: everybody of the snapshot.
        adults: from ``adults_at_risk``.
        children: from ``children_with_complex_needs``.
        rules: the share, and who is an adult.
    """
    over, under = rules.adults.share.as_integer_ratio()
    is_adult, is_child = nw.col(AGE) >= rules.adults.from_age, nw.col(AGE) < rules.adults.from_age
    told = people.select(
        PRACTICE,
        nw.when(is_adult).then(1).otherwise(0).alias(ADULTS),
        nw.when(is_child).then(1).otherwise(0).alias(CHILDREN),
        nw.when(nw.col(AGE).is_null()).then(1).otherwise(0).alias(AGE_UNKNOWN),
        nw.when(is_adult).then(nw.col(SPEND)).otherwise(0).alias(ADULT_SPEND),
    )
    found = told.group_by(PRACTICE).agg(nw.col(ADULTS, CHILDREN, AGE_UNKNOWN, ADULT_SPEND).sum())
    listed = adults.group_by(PRACTICE).agg(nw.len().alias(ADULTS_LISTED), nw.col(SPEND).sum().alias(LISTED_SPEND))
    flagged = children.group_by(PRACTICE).agg(nw.len().alias(CHILDREN_FLAGGED))
    found = found.join(listed, on=PRACTICE, how="left").join(flagged, on=PRACTICE, how="left")
    counted = [name for name in COVERAGE if name != QUOTA]
    whole = found.with_columns(nw.col(counted).fill_null(0).cast(nw.Int64))
    quota = (nw.col(ADULTS) * over + (under - 1)) // under
    return whole.with_columns(quota.cast(nw.Int64).alias(QUOTA)).select(PRACTICE, *COVERAGE).sort(PRACTICE)


def churn(
    before: Frame,
    after: Frame,
    *,
    earlier_people: Frame,
    later_people: Frame,
    people: Frame,
    later: Period,
    rules: RiskRules,
) -> Frame:
    """For each practice: how many stayed on its list between two years, are new, or left it, and why.

    Someone who moved from one practice to another left one list and, where they are on the other's, are new there.

    Args:
        before: the list of the earlier year, from ``adults_at_risk``.
        after: the list of the later.
        earlier_people: everybody of the earlier snapshot.
        later_people: everybody of the later.
        people: the table of people, for months of death.
        later: the later year.
        rules: who is an adult.
    """
    old = before.select(PERSON_KEY, PRACTICE, was=nw.lit(1))
    new = after.select(PERSON_KEY, PRACTICE, now=nw.lit(1))
    both = old.join(new, on=[PERSON_KEY, PRACTICE], how="full", suffix="_after")
    both = both.with_columns(*(nw.coalesce(name, f"{name}_after").alias(name) for name in (PERSON_KEY, PRACTICE)))
    told = (
        both.join(earlier_people.select(PERSON_KEY, there=PRACTICE, age_then=AGE), on=PERSON_KEY, how="left")
        .join(later_people.select(PERSON_KEY, here=PRACTICE), on=PERSON_KEY, how="left")
        .join(people.select(PERSON_KEY, "death_month"), on=PERSON_KEY, how="left")
    )
    status = _first([(nw.col("was").is_null(), NEW), (nw.col("now").is_null(), GONE)], other=STAYED)
    counted = told.select(PRACTICE, status.alias("status"), _why(later, rules).alias("reason"))
    keys = [PRACTICE, "status", "reason"]
    found = counted.group_by(keys).agg(nw.len().alias(PEOPLE))
    return found.with_columns(nw.col(PEOPLE).cast(nw.Int64)).select(*keys, PEOPLE).sort(keys)


def _why(later: Period, rules: RiskRules) -> nw.Expr:
    new, gone = nw.col("was").is_null(), nw.col("now").is_null()
    nowhere, died = nw.col("here").is_null(), nw.col("death_month") <= later.last
    return _first(
        [
            (new & nw.col("there").is_null(), TO_THE_PLACE),
            (new & (nw.col("there") != nw.col(PRACTICE)), FROM_ANOTHER),
            (new & (nw.col("age_then") < rules.adults.from_age), CAME_OF_AGE),
            (new, ROSE),
            (gone & nowhere & died, DIED),
            (gone & nowhere, LEFT_PLACE),
            (gone & (nw.col("here") != nw.col(PRACTICE)), MOVED),
            (gone, FELL),
        ],
        other="",
    )


def _first(tests: Sequence[tuple[nw.Expr, str]], *, other: str) -> nw.Expr:
    """The word of the first test that holds."""
    found = nw.lit(other)
    for test, word in reversed(tests):
        found = nw.when(test).then(nw.lit(word)).otherwise(found)
    return found
