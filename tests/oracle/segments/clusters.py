"""Real clusters on this machine: masters and workers, each a process of its own, on the loopback address."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic, sleep

import pyspark

from placeplan.app.segments.spark_session import SessionRequest

# The processes live for seconds, so their compilers should not spend minutes on what runs once.
_BRIEF = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
_HOME, _HERE = Path(pyspark.__file__).parent, "127.0.0.1"
_DEPLOY = "org.apache.spark.deploy"
_SECONDS_TO_START = 120
BRIEFLY = {
    "spark.driver.extraJavaOptions": _BRIEF,
    "spark.executor.extraJavaOptions": _BRIEF,
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.shuffle.partitions": "2",
    "spark.default.parallelism": "2",
}
TWO_WORKERS = SessionRequest(master="local-cluster[2,1,1024]", conf=BRIEFLY)
ON_LOOPBACK = {"spark.driver.host": _HERE, "spark.driver.bindAddress": _HERE}


@contextmanager
def standalone(folder: Path, *, workers: int = 2) -> Iterator[str]:
    """A standalone cluster, started with the scripts that come with Spark; gives its master.

    Args:
        folder: for the logs and the work of the workers.
        workers: how many, each with one core.
    """
    port, page = _free_port(), _free_port()
    master = f"spark://{_HERE}:{port}"
    with ExitStack() as stack:
        place = ["--host", _HERE, "--port", str(port), "--webui-port", str(page)]
        stack.enter_context(_process(folder / "master.log", f"{_DEPLOY}.master.Master", *place))
        _wait_for(folder / "master.log", "New state: ALIVE")
        for number in range(workers):
            log = folder / f"worker-{number}.log"
            room = ["--cores", "1", "--memory", "1g", "--host", _HERE, "--work-dir", str(folder / f"work-{number}")]
            stack.enter_context(_process(log, f"{_DEPLOY}.worker.Worker", *room, master))
            _wait_for(log, "Successfully registered with master")
        yield master


@contextmanager
def connect(folder: Path) -> Iterator[str]:
    """A server of Spark Connect; gives its address."""
    port = _free_port()
    settings = {
        "spark.connect.grpc.binding.port": str(port),
        "spark.connect.grpc.binding.address": _HERE,
        "spark.ui.enabled": "false",
        **ON_LOOPBACK,
        **BRIEFLY,
    }
    options = [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]
    server = "org.apache.spark.sql.connect.service.SparkConnectServer"
    submit = [f"{_DEPLOY}.SparkSubmit", "--master", "local[2]", *options, "--class", server, "spark-internal"]
    with _process(folder / "connect.log", *submit):
        _wait_for(folder / "connect.log", "Spark Connect server started at")
        yield f"sc://{_HERE}:{port}"


@contextmanager
def _process(log: Path, *words: str) -> Iterator[None]:
    own = {"SPARK_HOME": str(_HOME), "SPARK_NO_DAEMONIZE": "1", "SPARK_LOCAL_IP": _HERE}
    with log.open("w", encoding="utf-8") as told:
        started = subprocess.Popen(
            [str(_HOME / "bin" / "spark-class"), *words], stdout=told, stderr=told, env={**os.environ, **own}
        )
    try:
        yield
    finally:
        started.terminate()
        started.wait()


def _wait_for(log: Path, words: str) -> None:
    end = monotonic() + _SECONDS_TO_START
    while words not in (text := log.read_text(encoding="utf-8")):
        if monotonic() > end:
            message = f"'{words}' did not come: {text[-2000:]}"
            raise TimeoutError(message)
        sleep(0.1)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((_HERE, 0))
        port: int = free.getsockname()[1]
    return port
