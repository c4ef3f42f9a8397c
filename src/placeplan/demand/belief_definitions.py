"""A belief as data: one key that names the distribution, and its numbers."""

from collections.abc import Callable, Mapping
from math import inf
from typing import Annotated, Self

from pydantic import Field, model_validator

from placeplan.demand.distributions import Beta, Distribution, Fixed, LogNormal, Normal, Pert, Triangular, Uniform
from placeplan.demand.errors import DemandError
from placeplan.documents.models import DocumentModel, Number

Two = Annotated[tuple[Number, ...], Field(min_length=2, max_length=2)]
Three = Annotated[tuple[Number, ...], Field(min_length=3, max_length=3)]
_SHAPES: Mapping[str, Callable[..., Distribution]] = {
    "fixed": Fixed,
    "uniform": Uniform,
    "triangular": Triangular,
    "pert": Pert,
    "normal": Normal,
    "normal_between": Normal.between,
    "lognormal_between": LogNormal.between,
    "beta": Beta,
}
_WITH_SHARE = {"normal_between", "lognormal_between"}
_CUT = {"normal", "normal_between"}


class Belief(DocumentModel):
    """What is believed of a number, in exactly one of these forms.

    ``fixed`` one number; ``uniform`` least, most; ``triangular`` and ``pert`` least, most likely, most; ``normal`` mean
    and standard deviation; ``normal_between`` and ``lognormal_between`` the interval with ``share`` of the outcomes
    (0.8 when left out); ``beta`` alpha and beta on 0 to 1. ``at_least`` and ``at_most`` cut a normal one off.
    """

    fixed: Number | None = None
    uniform: Two | None = None
    triangular: Three | None = None
    pert: Three | None = None
    normal: Two | None = None
    normal_between: Two | None = None
    lognormal_between: Two | None = None
    beta: Two | None = None
    share: Number | None = None
    at_least: Number | None = None
    at_most: Number | None = None

    @model_validator(mode="after")
    def _is_one_distribution(self) -> Self:
        """Refuse none or two forms, options that the form does not have, and numbers that do not fit."""
        if len(self._forms) != 1:
            message = f"expected exactly one of {', '.join(_SHAPES)}"
            raise ValueError(message)
        if self.share is not None and self._form not in _WITH_SHARE:
            message = f"'share' belongs to {' and '.join(sorted(_WITH_SHARE))}"
            raise ValueError(message)
        if (self.at_least is not None or self.at_most is not None) and self._form not in _CUT:
            message = f"'at_least' and 'at_most' belong to {' and '.join(sorted(_CUT))}"
            raise ValueError(message)
        try:
            self.distribution()
        except DemandError as error:
            raise ValueError("; ".join(error.messages)) from error
        return self

    @property
    def _forms(self) -> list[str]:
        return [name for name in _SHAPES if getattr(self, name) is not None]

    @property
    def _form(self) -> str:
        return self._forms[0]

    def distribution(self, *, at_least: float = -inf) -> Distribution:
        """The distribution.

        Args:
            at_least: below this nothing can come, whatever the form: a normal distribution that says nothing of its
                own is cut off there.
        """
        given = getattr(self, self._form)
        numbers = [float(number) for number in given] if isinstance(given, tuple) else [float(given)]
        more: dict[str, float] = {}
        if self.share is not None:
            more["share"] = float(self.share)
        if self._form in _CUT:
            more["at_least"] = at_least if self.at_least is None else float(self.at_least)
            more["at_most"] = inf if self.at_most is None else float(self.at_most)
        return _SHAPES[self._form](*numbers, **more)
