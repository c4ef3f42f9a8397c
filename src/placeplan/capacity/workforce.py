"""Staff from contacts: whole-time equivalents by role, scaled from a module of population, against staff in post.

``WTE = contacts x minutes / 60 / hours that one whole-time equivalent has for contacts in a year``. A whole-time
equivalent is not at work all year, and not all hours at work are contacts: leave, study, sickness, travel and work
without patients are taken off one after another, each as its own number.

Source: World Health Organization, Workload Indicators of Staffing Need (WISN): User's Manual, 2010 (available working
time and activity standards). The numbers are data, not code.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from placeplan.capacity.arrays import (
    CapacityInputError,
    FloatArray,
    WholeArray,
    amounts,
    by_name,
    finite,
    freeze,
    occupancies,
    positive,
    refuse_where,
    shares,
    stretched,
)

DAYS_IN_WORKING_WEEK = 5
MINUTES_IN_HOUR = 60
SUM_OF_SHARES = 1 + 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingTime:
    """A year of one whole-time equivalent.

    Days are working days. ``sickness`` is the share of days that are left after leave; ``without_patients`` and
    ``travel`` are shares of the hours at work.
    """

    hours_a_week: float
    weeks_a_year: float
    leave_days: float
    public_holidays: float
    study_days: float
    sickness: float
    without_patients: float
    travel: float

    def __post_init__(self) -> None:
        for one in fields(self):
            amounts(one.name, getattr(self, one.name))
        for name in ("sickness", "without_patients", "travel"):
            shares(name, getattr(self, name))
        positive("hours_a_week", self.hours_a_week)
        if self.days_at_work <= 0:
            raise CapacityInputError("leave_days: leave, holidays and study days leave no day of the year to work.")
        if self.contact_hours <= 0:
            raise CapacityInputError("travel: sickness, travel and work without patients leave no hour for contacts.")

    @property
    def days_at_work(self) -> float:
        """Working days of the year after leave, holidays and study, before sickness."""
        return self.weeks_a_year * DAYS_IN_WORKING_WEEK - self.leave_days - self.public_holidays - self.study_days

    @property
    def hours_at_work(self) -> float:
        """Hours of a year at work, sickness taken off."""
        return self.days_at_work * self.hours_a_week / DAYS_IN_WORKING_WEEK * (1 - self.sickness)

    @property
    def contact_hours(self) -> float:
        """Hours of a year for contacts."""
        return self.hours_at_work * (1 - self.without_patients - self.travel)

    @property
    def headroom(self) -> float:
        """What has to be added to hours at work so that somebody is paid for all of the year: paid over worked - 1."""
        return self.weeks_a_year * self.hours_a_week / self.hours_at_work - 1


def wte_needed(
    contacts: npt.ArrayLike, *, minutes: npt.ArrayLike, contact_hours: npt.ArrayLike, travel_minutes: npt.ArrayLike = 0
) -> FloatArray:
    """Whole-time equivalents for so many contacts a year.

    Args:
        contacts: a year, 0 or more; any shape.
        minutes: of a contact.
        contact_hours: hours a year that one whole-time equivalent has for contacts; see ``WorkingTime``.
        travel_minutes: of a contact, where travel is not already a share of the hours.

    Raises:
        CapacityInputError: a number is negative, hours are 0, or the shapes do not fit.
    """
    count, length, travel, hours = stretched(
        contacts=amounts("contacts", contacts),
        minutes=amounts("minutes", minutes),
        travel_minutes=amounts("travel_minutes", travel_minutes),
        contact_hours=positive("contact_hours", contact_hours),
    )
    return np.asarray(count * (length + travel) / MINUTES_IN_HOUR / hours)


def after_substitution(hours: npt.ArrayLike, *, moved: npt.ArrayLike, time_ratio: npt.ArrayLike = 1.0) -> FloatArray:
    """Hours of contacts by role after some work has moved to other roles (skill mix).

    Args:
        hours: by role on the first axis.
        moved: roles x roles: the share of the work of the role in the row that goes to the role in the column.
        time_ratio: hours that the new role needs for an hour of the old one, roles x roles or one number.

    Returns:
        Hours by role. Moved work is not moved on.

    Raises:
        CapacityInputError: a role gives away more than all of its work, or gives work to itself.
    """
    before, share = amounts("hours", hours), shares("moved", moved)
    roles = len(before) if before.ndim else 0
    if share.shape != (roles, roles):
        raise CapacityInputError(f"moved: expected {roles} roles x {roles} roles, found {share.shape}.")
    refuse_where(share.sum(axis=1) > SUM_OF_SHARES, "moved: a role gives away more than all of its work")
    refuse_where(np.diag(share) > 0, "moved: a role gives work to itself")
    ratio = np.broadcast_to(amounts("time_ratio", time_ratio), share.shape)
    kept = np.maximum(1 - share.sum(axis=1), 0.0)
    return np.asarray((before.T * kept).T + np.tensordot((share * ratio).T, before, axes=1))


def headcount(wte: npt.ArrayLike, *, participation: npt.ArrayLike) -> FloatArray:
    """People for so many whole-time equivalents, at so much of one per head (228 of 318 GPs: 0.717).

    Raises:
        CapacityInputError: a number is negative, or a participation is 0 or above 1.
    """
    return np.asarray(amounts("wte", wte) / occupancies("participation", participation))


@dataclass(frozen=True, eq=False, kw_only=True)
class ScaledModule:
    """A module's staff in areas of other size; arrays are roles x areas.

    ``low`` scales from the largest population that the module is for, ``high`` from the smallest, ``central`` from the
    middle. ``fewest_modules`` and ``most_modules`` are how many whole modules of that size the area can be cut into;
    where the fewest are more than the most, it cannot.
    """

    populations: FloatArray
    low: FloatArray
    central: FloatArray
    high: FloatArray
    fewest_modules: WholeArray
    most_modules: WholeArray

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def divides(self) -> npt.NDArray[np.bool_]:
        """Whether an area can be cut into whole modules of the size that they are for."""
        return np.asarray(self.fewest_modules <= self.most_modules)


def scaled_module(wte: npt.ArrayLike, *, smallest: float, largest: float, populations: npt.ArrayLike) -> ScaledModule:
    """Staff of a module for a range of population (30,000 to 50,000), scaled to areas.

    Args:
        wte: of the module, by role.
        smallest: fewest people that the module is for.
        largest: most people.
        populations: of the areas.

    Raises:
        CapacityInputError: a number is negative, or the range is empty.
    """
    needed, people = np.atleast_1d(amounts("wte", wte)), np.atleast_1d(amounts("populations", populations))
    positive("smallest", smallest)
    positive("largest", largest)
    refuse_where(smallest > largest, f"smallest: {smallest:,g} is above the largest population, {largest:,g}")
    return ScaledModule(
        populations=people,
        low=np.outer(needed, people / largest),
        central=np.outer(needed, people / ((smallest + largest) / 2)),
        high=np.outer(needed, people / smallest),
        fewest_modules=np.ceil(people / largest).astype(np.int64),
        most_modules=np.floor(people / smallest).astype(np.int64),
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class StaffTable:
    """Staff needed against staff in post, in whole-time equivalents; arrays are by role, or roles x areas.

    ``vacancies`` are posts that have money and nobody in them.
    """

    roles: tuple[str, ...]
    needed: FloatArray
    in_post: FloatArray
    vacancies: FloatArray

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def gap(self) -> FloatArray:
        """In post less needed; negative where staff are short."""
        return np.asarray(self.in_post - self.needed)

    @property
    def posts(self) -> FloatArray:
        """Posts that have money: filled and vacant."""
        return np.asarray(self.in_post + self.vacancies)

    @property
    def without_money(self) -> FloatArray:
        """Needed beyond all posts that have money; 0 where posts are enough."""
        return np.asarray(np.maximum(self.needed - self.posts, 0.0))

    @property
    def vacancy_rate(self) -> FloatArray:
        """Vacant posts as a share of posts; 0 where there is no post."""
        return np.asarray(np.divide(self.vacancies, self.posts, out=np.zeros_like(self.posts), where=self.posts > 0))


def staff_table(
    roles: Sequence[str], *, needed: npt.ArrayLike, in_post: npt.ArrayLike, vacancies: npt.ArrayLike = 0.0
) -> StaffTable:
    """Staff needed against staff in post and vacancies.

    Raises:
        CapacityInputError: a number is negative, a role stands twice, or the shapes do not fit the roles.
    """
    need, post, vacant = stretched(
        needed=amounts("needed", needed),
        in_post=amounts("in_post", in_post),
        vacancies=amounts("vacancies", vacancies),
    )
    names = by_name("roles", roles, array=need)
    return StaffTable(roles=names, needed=need, in_post=post, vacancies=vacant)


def per_thousand(wte: npt.ArrayLike, *, population: npt.ArrayLike) -> FloatArray:
    """Whole-time equivalents for each 1,000 people.

    Raises:
        CapacityInputError: a population is not above 0.
    """
    return np.asarray(finite("wte", wte) / positive("population", population) * 1000)
