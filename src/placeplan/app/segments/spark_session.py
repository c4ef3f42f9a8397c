"""Starts a session of Apache Spark, or takes the one that is running, and says clearly why it cannot."""

import os
import re
import shutil
import socket
import subprocess
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyspark
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from placeplan.kernel.errors import InputError, Location, Problem

LOCAL = "local[*]"
OLDEST_JAVA = 17  # Spark 4 does not start on an older one
SECONDS_TO_ANSWER = 5.0
CONNECT = "sc://"
_DRIVER_OPTIONS = "spark.driver.extraJavaOptions"
_CONNECT_PORT = 15002
_CONNECT_SPEAKS = "grpc"
_LOG_SETTINGS = Path(__file__).with_name("spark_log4j2.properties")
# What the answer depends on. A caller's own settings do not replace these.
_OF_THE_ANSWER = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.csv.parser.columnPruning.enabled": "false",  # otherwise a row with too few cells is not noticed
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",  # a folder practice=0123 keeps its nought
}
_QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "FATAL"}
_LOOPBACK = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}


@dataclass(frozen=True)
class SessionRequest:
    """Which Spark to use.

    Args:
        master: as ``spark-submit --master`` takes it, or ``sc://host`` for Spark Connect. When left out: what
            ``spark-submit`` was given, and otherwise all cores of this machine.
        memory: of the driver on one machine, of each executor on a cluster, such as ``4GB``.
        temporary: a folder for what does not fit into memory, on one machine.
        warehouse: a folder for tables of Spark.
        conf: further settings of Spark.
    """

    master: str | None = None
    memory: str | None = None
    temporary: Path | None = None
    warehouse: str | None = None
    conf: Mapping[str, str] = field(default_factory=dict)

    @property
    def chosen(self) -> str | None:
        """The master; None where ``spark-submit`` has chosen."""
        return self.master or (None if "PYSPARK_GATEWAY_PORT" in os.environ else LOCAL)

    @property
    def on_this_machine(self) -> bool:
        """Whether everything runs here."""
        return (self.chosen or "").startswith("local")

    @property
    def settings(self) -> dict[str, str]:
        """Everything that Spark is told at the start."""
        found = dict(_QUIET)
        if self.on_this_machine:
            found |= _LOOPBACK
            found["spark.sql.shuffle.partitions"] = str(2 * (os.cpu_count() or 1))
            found[_DRIVER_OPTIONS] = f"-Dlog4j2.configurationFile={_LOG_SETTINGS.as_uri()}"
        if self.memory:
            whose = "driver" if self.on_this_machine and "cluster" not in (self.chosen or "") else "executor"
            found[f"spark.{whose}.memory"] = self.memory.lower().replace(" ", "").removesuffix("b")
        if self.temporary:
            found["spark.local.dir"] = str(self.temporary)
        if self.warehouse:
            found["spark.sql.warehouse.dir"] = self.warehouse
        options = found.get(_DRIVER_OPTIONS, "")
        found |= dict(self.conf) | _OF_THE_ANSWER
        if options and _DRIVER_OPTIONS in self.conf:
            found[_DRIVER_OPTIONS] = f"{options} {self.conf[_DRIVER_OPTIONS]}"
        return found


def started(request: SessionRequest) -> tuple[SparkSession, bool]:
    """A session, and whether it was started here and has to be stopped.

    Where one is running, its context is used with settings of our own beside it.

    Raises:
        InputError: Java is missing or too old, the master does not answer, or its version is another.
    """
    running = SparkSession.getActiveSession()
    if running is not None and request.master is None:
        return _with_our_settings(running.newSession()), False
    if request.chosen is not None:
        _refuse_what_does_not_answer(request.chosen)
    if (request.chosen or "").startswith(CONNECT):
        session = _connected(request)
    else:
        _refuse_without_java()
        session = _launched(request)
    _refuse_another_version(session, request)
    return session, True


def _launched(request: SessionRequest) -> SparkSession:
    builder: Any = SparkSession.builder.appName("placeplan")
    if request.chosen is not None:
        builder = builder.master(request.chosen)
    for name, value in request.settings.items():
        builder = builder.config(name, value)
    with _own_address(request), _start_problems(request):
        session: SparkSession = builder.getOrCreate()
    return session


def _connected(request: SessionRequest) -> SparkSession:
    with _start_problems(request):
        _refuse_without_grpc()
        builder: Any = SparkSession.builder.remote(request.chosen or CONNECT)
        session: SparkSession = builder.create()
    return _with_our_settings(session)


def _refuse_without_grpc() -> None:
    """Raise when Spark Connect cannot speak; beside a session that is running, Spark would quietly take that one."""
    if find_spec(_CONNECT_SPEAKS) is None:
        raise ModuleNotFoundError(f"No module named {_CONNECT_SPEAKS!r}")


def _with_our_settings(session: SparkSession) -> SparkSession:
    for name, value in _OF_THE_ANSWER.items():
        session.conf.set(name, value)
    return session


@contextmanager
def _own_address(request: SessionRequest) -> Iterator[None]:
    """On one machine every process of Spark listens on the loopback address alone."""
    name = "SPARK_LOCAL_IP"
    if not request.on_this_machine or name in os.environ:
        yield
        return
    os.environ[name] = _LOOPBACK["spark.driver.host"]
    try:
        yield
    finally:
        os.environ.pop(name, None)


@contextmanager
def _start_problems(request: SessionRequest) -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            # Said wherever a newer pandas is installed. No frame of pandas is made here.
            warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
            yield
    except ImportError as error:
        mend = f'Install what Spark Connect needs: pip install "pyspark[connect]=={pyspark.__version__}".'
        raise InputError([Problem(Location("master"), f"a part of Spark is missing: {error}", mend=mend)]) from error
    except (PySparkException, Py4JError, RuntimeError, OSError) as error:
        message = f"Spark did not start on {request.chosen or 'the master of spark-submit'}: {_reason(error)}"
        mend = f"Check the master and the settings. Here is Spark {pyspark.__version__}; the cluster must run the same."
        raise InputError([Problem(Location("master"), message, mend=mend)]) from error


def _reason(error: Exception) -> str:
    """The line in which Spark says why; what comes before and after it are calls of its own."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    of_java = [line for line in lines if line.startswith((": ", "Caused by: "))]
    told = (of_java or lines or [""])[-1 if of_java else 0]
    return re.sub(r"^(: |Caused by: )?([a-z]+\.)*[A-Za-z$]*(Exception|Error): ", "", told)


def _refuse_what_does_not_answer(master: str) -> None:
    """Raise when no machine that is named answers; Spark itself would wait a minute and more."""
    places = list(_places(master))
    if not places or any(_answers(host, port) for host, port in places):
        return
    names = ", ".join(f"{host}:{port}" for host, port in places)
    message = f"the master does not answer: nothing listens at {names}"
    mend = "Check the address and the port, and that the cluster is running and can be reached from here."
    raise InputError([Problem(Location("master"), message, mend=mend)])


def _places(master: str) -> Iterator[tuple[str, int]]:
    """Hosts and ports of a master that names them."""
    if master.startswith("spark://"):
        for one in master.removeprefix("spark://").split(","):
            host, _, port = one.rpartition(":")
            if host and port.isdecimal():
                yield host, int(port)
    elif master.startswith((CONNECT, "k8s://")):
        parts = urlsplit(master.removeprefix("k8s://"))
        if parts.hostname:
            yield parts.hostname, parts.port or (_CONNECT_PORT if master.startswith(CONNECT) else 443)


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=SECONDS_TO_ANSWER):
            return True
    except OSError:
        return False


def _refuse_without_java() -> None:
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else "java"
    found = shutil.which(java)
    mend = (
        f"Install Java {OLDEST_JAVA} or newer (on Debian or Ubuntu: apt-get install openjdk-17-jre-headless), "
        "or name one in JAVA_HOME. On a cluster with Spark Connect none is needed here: --master sc://HOST."
    )
    if found is None:
        where = f"JAVA_HOME is {home}, and there is no bin/java in it" if home else "there is no java on the path"
        raise InputError([Problem(Location("java"), f"Spark needs Java: {where}", mend=mend)])
    told = subprocess.run([found, "-version"], capture_output=True, text=True, check=False)  # noqa: S603 - found above
    version = re.search(r'version "(?:1\.)?(\d+)', told.stderr + told.stdout)
    if version and int(version[1]) < OLDEST_JAVA:
        raise InputError(
            [Problem(Location("java"), f"Spark needs Java {OLDEST_JAVA}; here is {version[1]}", mend=mend)]
        )


def _refuse_another_version(session: SparkSession, request: SessionRequest) -> None:
    """Raise when the library here and the Spark that answers are of different lines."""
    there, here = session.version, pyspark.__version__
    if there.split(".")[:2] == here.split(".")[:2]:
        return
    session.stop()
    message = f"here is pyspark {here}, and {request.chosen or 'the cluster'} runs Spark {there}"
    mend = f'Install the same line here: pip install "pyspark=={there}". If SPARK_HOME is set, look at what it names.'
    raise InputError([Problem(Location("master"), message, mend=mend)])
