"""Drawing charts: Vega-Lite to vector and to pixels. The library is loaded only when something is drawn."""

from collections.abc import Mapping
from typing import Any

PIXELS_PER_POINT = 2.5


def svg(spec: Mapping[str, Any]) -> str:
    """A chart as SVG."""
    import vl_convert  # noqa: PLC0415 - heavy

    drawn: str = vl_convert.vegalite_to_svg(dict(spec))
    return drawn


def png(drawn: str) -> bytes:
    """A drawn chart in pixels, for outputs that cannot hold SVG."""
    import vl_convert  # noqa: PLC0415 - heavy

    pixels: bytes = vl_convert.svg_to_png(drawn, scale=PIXELS_PER_POINT)
    return pixels
