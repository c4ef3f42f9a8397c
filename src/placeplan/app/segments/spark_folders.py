"""A dataset at an address that Spark reads: object stores, Hadoop, or a folder that every worker shares."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from pyspark.errors import AnalysisException
from pyspark.sql import SparkSession

from placeplan.app.segments.local_folders import ENDINGS
from placeplan.app.segments.spark_problems import read_problems

_WANTED = "*.{parquet,csv,csv.gz,yaml}"


@dataclass(frozen=True)
class SparkFolder:
    """A folder at an address such as ``s3a://bucket/extract``. It is listed once."""

    session: SparkSession
    address: str

    def content(self, name: str) -> bytes | None:
        """A small file of the folder; None where there is none."""
        if name not in {file for file, _, _ in self._listed}:
            return None
        with read_problems(name):
            (row,) = self.session.read.format("binaryFile").load(self._full(name)).select("content").collect()
        return bytes(row[0])

    def files(self, table: str) -> tuple[str, ...]:
        """The files of a table, in the order in which a folder of this machine has them."""
        names = sorted(file for file, _, _ in self._listed)
        found = [
            name
            for ending in ENDINGS
            for name in names
            if name == f"{table}{ending}" or (name.startswith(f"{table}/") and name.endswith(ending))
        ]
        return tuple(self._full(name) for name in found)

    def stamps(self) -> tuple[str, ...]:
        """Name, size and when it last changed, of each file."""
        return tuple(f"{name} {size} {changed}" for name, size, changed in sorted(self._listed))

    @cached_property
    def _listed(self) -> tuple[tuple[str, int, str], ...]:
        """Names below the folder. Spark lists without reading what is not asked for."""
        reader = self.session.read.format("binaryFile").options(recursiveFileLookup="true", pathGlobFilter=_WANTED)
        with read_problems(self.address):
            try:
                found = reader.load(self.address).select("path", "length", "modificationTime").collect()
            except AnalysisException as error:
                if "PATH_NOT_FOUND" in str(error):
                    return ()
                raise
        return tuple((self._below(row[0]), row[1], str(row[2])) for row in found)

    def _below(self, path: str) -> str:
        """The name of a file within the folder. Spark writes ``file:/x`` for ``file:///x``."""
        inside = unquote(self.address).partition(":")[2].strip("/")
        return path.partition(":")[2].partition(f"{inside}/")[2]

    def _full(self, name: str) -> str:
        return f"{self.address.rstrip('/')}/{name}"
