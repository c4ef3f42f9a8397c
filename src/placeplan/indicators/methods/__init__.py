"""The statistics of English public health and of Making Data Count, over arrays.

Every method takes numbers, lists or NumPy arrays, works on thousands of rows at once, and gives a frozen record of
arrays: value, limits, and a note where there is no value. It is pure: the only randomness is that of a seed given.
"""

from placeplan.indicators.methods.control_charts import (
    ASSURANCE_WORDS,
    VARIATION_WORDS,
    Assurance,
    ControlChart,
    Improvement,
    Variation,
    xmr,
)
from placeplan.indicators.methods.inputs import MethodInputError
from placeplan.indicators.methods.life_tables import LifeExpectancy, life_expectancy
from placeplan.indicators.methods.proportions import proportion
from placeplan.indicators.methods.rates import rate
from placeplan.indicators.methods.results import NOTE_WORDS, Estimate, Note, words_of
from placeplan.indicators.methods.special_causes import SPECIAL_CAUSE_WORDS, SpecialCause
from placeplan.indicators.methods.standardising import (
    directly_standardised_rate,
    directly_standardised_rate_of_repeated_events,
    indirectly_standardised_rate,
    indirectly_standardised_ratio,
)

__all__ = [
    "ASSURANCE_WORDS",
    "NOTE_WORDS",
    "SPECIAL_CAUSE_WORDS",
    "VARIATION_WORDS",
    "Assurance",
    "ControlChart",
    "Estimate",
    "Improvement",
    "LifeExpectancy",
    "MethodInputError",
    "Note",
    "SpecialCause",
    "Variation",
    "directly_standardised_rate",
    "directly_standardised_rate_of_repeated_events",
    "indirectly_standardised_rate",
    "indirectly_standardised_ratio",
    "life_expectancy",
    "proportion",
    "rate",
    "words_of",
    "xmr",
]
