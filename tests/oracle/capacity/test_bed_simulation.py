"""The ward of heaps gives every patient the bed at the moment at which simpy does."""

import numpy as np
import pytest
from tests.oracle.capacity.wards_in_simpy import admissions

from placeplan.capacity.bed_simulation import queue_when_full, turn_away_when_full
from placeplan.capacity.patients import Arrivals, ExponentialStay, FixedStay, LognormalStay, Stay


@pytest.mark.parametrize("stay", [ExponentialStay(4.0), LognormalStay(4.0, 9.0), FixedStay(4.0)])
@pytest.mark.parametrize("beds", [1, 3, 12])
def test_every_patient_as_in_simpy(beds: int, stay: Stay) -> None:
    chance = np.random.default_rng(beds)
    came = Arrivals(beds / 4.5, by_hour=np.arange(24.0)).drawn(chance, days=400 / beds)
    stays = stay.drawn(chance, count=len(came))
    for place, queue in ((queue_when_full, True), (turn_away_when_full, False)):
        expected = admissions(beds, came.tolist(), stays=stays.tolist(), queue=queue)
        assert place(beds, came, stays=stays) == pytest.approx(np.array(expected), rel=1e-9, nan_ok=True)
