"""The third engine: Polars, lazy."""

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl

from placeplan.segments.engine import Columns, Frame


class PolarsEngine:
    def rows(self, columns: Columns) -> Frame:
        return nw.from_native(pl.LazyFrame({name: list(values) for name, values in columns.items()}))

    def joined_bits(self, frame: Frame, *, by: Sequence[str], words: Sequence[str]) -> Frame:
        bits = [pl.col(word).bitwise_or().fill_null(0) for word in words]
        return nw.from_native(frame.to_native().group_by(by).agg(*bits))

    def with_bits_counted(self, frame: Frame, counts: Mapping[str, Mapping[str, int]]) -> Frame:
        added = {}
        for name, masks in counts.items():
            ones = [(pl.col(word) & mask).bitwise_count_ones().cast(pl.Int64) for word, mask in masks.items()]
            added[name] = pl.sum_horizontal(pl.lit(0, pl.Int64), *ones)
        return nw.from_native(frame.to_native().with_columns(**added))

    def kept(self, frame: Frame) -> Frame:
        return nw.from_native(frame.to_native().collect().lazy())

    def fetched_rows(self, frame: Frame) -> list[tuple[Any, ...]]:
        return self.fetched(frame).rows()

    def fetched(self, frame: Frame) -> pl.DataFrame:
        return frame.to_native().collect()
