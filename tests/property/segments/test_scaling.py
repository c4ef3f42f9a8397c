"""Scaling keeps every whole to the penny, whatever the figures."""

from hypothesis import given
from hypothesis import strategies as st

from placeplan.segments.scaling import scaled

FIGURES = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 10**13)), min_size=1, max_size=60)


@given(figures=FIGURES, wholes=st.dictionaries(st.sampled_from("abc"), st.integers(0, 10**14)))
def test_scaled_figures_add_up_to_each_whole_and_are_within_one_of_their_share(
    figures: list[tuple[str, int]], wholes: dict[str, int]
) -> None:
    linked = {group: sum(number for one, number in figures if one == group) for group, _ in figures}
    targets = {group: (whole, "made up") for group, whole in wholes.items() if linked.get(group)}
    found = scaled([number for _, number in figures], [group for group, _ in figures], wholes=targets)
    for group, total in linked.items():
        whole = targets.get(group, (total, ""))[0]
        assert sum(one for (name, _), one in zip(figures, found.figures, strict=True) if name == group) == whole
    for (_, number), share, coverage in zip(figures, found.figures, found.coverages, strict=True):
        assert abs(share - number * coverage.factor) < 1
