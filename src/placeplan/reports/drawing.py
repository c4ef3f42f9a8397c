"""Drawing charts: Vega-Lite to vector and to pixels. The library is loaded only when something is drawn."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

PIXELS_PER_POINT = 2.5


def svg(spec: Mapping[str, Any]) -> str:
    """A chart as SVG. A chart that was drawn before is not drawn again."""
    return _drawn(json.dumps(spec, sort_keys=True))


@lru_cache(maxsize=128)
def _drawn(spec: str) -> str:
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg(spec)
    return drawn


def png(drawn: str) -> bytes:
    """A drawn chart in pixels, for outputs that cannot hold SVG."""
    import vl_convert

    pixels: bytes = vl_convert.svg_to_png(drawn, scale=PIXELS_PER_POINT)
    return pixels
