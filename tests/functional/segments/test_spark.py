"""Which engine is meant, and why Spark cannot be used: told at once and plainly. No cluster is started here."""

import socket
from pathlib import Path

import pytest

from placeplan.app.segments.engine_choice import engine_named
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.app.segments.spark_session import SessionRequest
from placeplan.kernel.errors import InputError


def test_duckdb_is_chosen_by_its_name() -> None:
    with engine_named("duckdb") as engine:
        assert isinstance(engine, DuckDBEngine)


@pytest.mark.parametrize(
    ("name", "master", "told"),
    [("pandas", None, "no engine 'pandas'"), ("duckdb", "spark://head:7077", "DuckDB has no master")],
)
def test_what_is_no_engine_is_refused(name: str, master: str | None, told: str) -> None:
    with pytest.raises(InputError, match=told):
        engine_named(name, master=master)


@pytest.mark.parametrize("scheme", ["spark", "sc", "k8s://https"])
def test_a_master_that_does_not_answer_is_told_at_once(scheme: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(InputError, match=f"nothing listens at 127.0.0.1:{port}"):
        engine_named("spark", master=f"{scheme}://127.0.0.1:{port}")


def test_java_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(InputError, match=r"Spark needs Java: JAVA_HOME is .*Install Java 17 or newer"):
        engine_named("spark", master="local[1]")


def test_java_that_is_too_old_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"1.8.0_392\"' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(InputError, match="Spark needs Java 17; here is 8"):
        engine_named("spark", master="local[1]")


def test_the_settings_that_the_answer_depends_on_cannot_be_replaced() -> None:
    asked = SessionRequest(
        master="yarn", memory="4 GB", conf={"spark.sql.ansi.enabled": "false", "spark.executor.instances": "8"}
    )
    assert asked.settings["spark.sql.ansi.enabled"] == "true"
    assert asked.settings["spark.executor.instances"] == "8"
    assert asked.settings["spark.executor.memory"] == "4g"


def test_on_one_machine_everything_stays_on_the_loopback_address() -> None:
    asked = SessionRequest(master="local[2]", memory="2GB", conf={"spark.driver.extraJavaOptions": "-Xss4m"}).settings
    assert asked["spark.driver.host"] == asked["spark.driver.bindAddress"] == "127.0.0.1"
    assert asked["spark.driver.memory"] == "2g"
    assert asked["spark.driver.extraJavaOptions"].endswith(" -Xss4m")
