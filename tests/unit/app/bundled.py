"""The bundled plans, read and computed once."""

from functools import cache
from pathlib import Path

import placeplan
from placeplan.app.computing import Computed, compute
from placeplan.app.loading import load

EXAMPLES = Path(placeplan.__file__).parent / "examples"
NAMES = tuple(sorted(folder.name for folder in EXAMPLES.iterdir() if (folder / "plan.yaml").is_file()))


@cache
def bundled(name: str, scenario: str | None = None) -> Computed:
    loaded = load(EXAMPLES / name, scenario=scenario)
    return compute(loaded.plan, loaded.round)
