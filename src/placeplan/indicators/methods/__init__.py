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
from placeplan.indicators.methods.dispersion import Dispersion, OverDispersion
from placeplan.indicators.methods.funnels import SIGNIFICANCE_WORDS, Funnel, Significance, Statistic, funnel_limits
from placeplan.indicators.methods.inequality import SlopeIndex, slope_index_of_inequality
from placeplan.indicators.methods.inputs import MethodInputError
from placeplan.indicators.methods.life_tables import LifeExpectancy, life_expectancy
from placeplan.indicators.methods.means import Mean, mean, mean_from_summary
from placeplan.indicators.methods.peers import (
    COMPARISON_WORDS,
    Comparison,
    PeerComparison,
    compare_with_peers,
    peers_in_groups,
)
from placeplan.indicators.methods.proportions import proportion
from placeplan.indicators.methods.quantile_groups import Quantiles, quantiles
from placeplan.indicators.methods.rates import rate
from placeplan.indicators.methods.results import NOTE_WORDS, Estimate, Note, words_of
from placeplan.indicators.methods.scales import standard_errors_from_limits
from placeplan.indicators.methods.special_causes import SPECIAL_CAUSE_WORDS, SpecialCause
from placeplan.indicators.methods.standardising import (
    directly_standardised_rate,
    directly_standardised_rate_of_repeated_events,
    indirectly_standardised_rate,
    indirectly_standardised_ratio,
)
from placeplan.indicators.methods.surveys import (
    EffectiveSample,
    effective_sample_size,
    survey_proportion,
    weighted_proportion,
)
from placeplan.indicators.methods.trends import DIRECTION_WORDS, Direction, Trend, TrendOf, trend, trend_of_counts
from placeplan.indicators.methods.years_lost import YearsLost, years_of_life_lost

__all__ = [
    "ASSURANCE_WORDS",
    "COMPARISON_WORDS",
    "DIRECTION_WORDS",
    "NOTE_WORDS",
    "SIGNIFICANCE_WORDS",
    "SPECIAL_CAUSE_WORDS",
    "VARIATION_WORDS",
    "Assurance",
    "Comparison",
    "ControlChart",
    "Direction",
    "Dispersion",
    "EffectiveSample",
    "Estimate",
    "Funnel",
    "Improvement",
    "LifeExpectancy",
    "Mean",
    "MethodInputError",
    "Note",
    "OverDispersion",
    "PeerComparison",
    "Quantiles",
    "Significance",
    "SlopeIndex",
    "SpecialCause",
    "Statistic",
    "Trend",
    "TrendOf",
    "Variation",
    "YearsLost",
    "compare_with_peers",
    "directly_standardised_rate",
    "directly_standardised_rate_of_repeated_events",
    "effective_sample_size",
    "funnel_limits",
    "indirectly_standardised_rate",
    "indirectly_standardised_ratio",
    "life_expectancy",
    "mean",
    "mean_from_summary",
    "peers_in_groups",
    "proportion",
    "quantiles",
    "rate",
    "slope_index_of_inequality",
    "standard_errors_from_limits",
    "survey_proportion",
    "trend",
    "trend_of_counts",
    "weighted_proportion",
    "words_of",
    "xmr",
    "years_of_life_lost",
]
