"""The engine that a name stands for: DuckDB on this machine, or Apache Spark on a cluster."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from placeplan.app.segments.dataset_engine import DatasetEngine
from placeplan.app.segments.engines import MEMORY, DuckDBEngine
from placeplan.kernel.errors import InputError, Location, Problem

if TYPE_CHECKING:
    from placeplan.app.segments.spark_engine import SparkEngine


class EngineName(StrEnum):
    """The engines."""

    DUCKDB = "duckdb"
    SPARK = "spark"


@dataclass(frozen=True, kw_only=True)
class EngineRequest:
    """Which engine, and its settings; see ``engine_named``."""

    name: str = EngineName.DUCKDB
    master: str | None = None
    memory: str | None = None
    temporary: Path | None = None
    conf: Mapping[str, str] = field(default_factory=dict)

    def opened(self) -> DatasetEngine:
        """The engine, to be used in a ``with``.

        Raises:
            InputError: as ``engine_named``.
        """
        return engine_named(self.name, master=self.master, memory=self.memory, temporary=self.temporary, conf=self.conf)

    @property
    def told(self) -> str:
        """The engine and its version, for provenance."""
        package = "pyspark" if self.name == EngineName.SPARK else "duckdb"
        return f"{self.name} {version(package)}"


def engine_named(
    name: str,
    *,
    master: str | None = None,
    memory: str | None = None,
    temporary: Path | None = None,
    conf: Mapping[str, str] | None = None,
) -> "DuckDBEngine | SparkEngine":
    """An engine, to be used in a ``with``.

    Args:
        name: ``duckdb`` or ``spark``.
        master: of Spark, as ``spark-submit --master`` takes it, or ``sc://host``; all cores of this machine when left
            out.
        memory: the most that it may take, such as ``4GB``: DuckDB in all, Spark on each worker.
        temporary: a folder for what does not fit into memory.
        conf: further settings of Spark.

    Raises:
        InputError: there is no such engine, a setting is not one of its own, or it cannot be started.
    """
    if name not in set(EngineName):
        known = ", ".join(EngineName)
        raise InputError(
            [Problem(Location("engine"), f"there is no engine '{name}'", known, mend="Name one of these.")]
        )
    if name == EngineName.SPARK:
        return _spark(master=master, memory=memory, temporary=temporary, conf=conf or {})
    if master or conf:
        mend = "Add --engine spark, or leave the master and the settings out."
        raise InputError([Problem(Location("engine"), "DuckDB has no master and no settings of Spark", mend=mend)])
    return DuckDBEngine(memory=memory or MEMORY, temporary=temporary)


def _spark(*, master: str | None, memory: str | None, temporary: Path | None, conf: Mapping[str, str]) -> "SparkEngine":
    try:
        from placeplan.app.segments.spark_engine import SparkEngine
        from placeplan.app.segments.spark_session import SessionRequest
    except ModuleNotFoundError as error:
        mend = 'Install it: pip install "placeplan[segments,spark]". It needs Java 17 or newer as well.'
        raise InputError([Problem(Location("engine"), f"Spark is not installed: {error.name}", mend=mend)]) from error
    return SparkEngine(SessionRequest(master=master, memory=memory, temporary=temporary, conf=conf))
