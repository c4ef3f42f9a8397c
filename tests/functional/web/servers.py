"""Sites of the tests' own: an environment as production has it, and a PostgreSQL server on this machine only."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SECRET = "Zx9-" + "q7LmT2vB" * 3 + "nR4_kWp8sD1eHyJ6" * 2
BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


def free_port() -> int:
    """A port of the loopback address that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def site(database: str) -> dict[str, str]:
    """The environment of a site."""
    ours = ("DJANGO_", "PLACEPLAN_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours) or name.endswith("BROWSER")}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "placeplan.web.settings.production",
        "PLACEPLAN_DATABASE": database,
        "PLACEPLAN_SECRET_KEY": SECRET,
        "PLACEPLAN_HOSTS": "plans.place.example",
    }


@contextmanager
def postgresql_server() -> Iterator[str]:
    """A PostgreSQL server; gives the address of its databases, without the name of one at its end.

    Raises:
        FileNotFoundError: no PostgreSQL is installed.
    """
    if not BINARIES:
        raise FileNotFoundError("no PostgreSQL found: run make test once, which installs it")
    folder = Path(tempfile.mkdtemp(prefix="placeplan-postgresql-"))  # not under a folder that is only root's
    port = free_port()
    as_server = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_server:
        shutil.chown(folder, "postgres")
    control = [*as_server, str(BINARIES[-1] / "pg_ctl"), "-D", str(folder / "data"), "-s", "-w"]
    made = [*as_server, str(BINARIES[-1] / "initdb"), "-D", str(folder / "data"), "-U", "planner", "-A", "trust"]
    subprocess.run(made, check=True, capture_output=True, cwd="/")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    log = str(folder / "log")
    subprocess.run([*control, "-l", log, "-o", options, "start"], check=True, cwd="/", stdin=subprocess.DEVNULL)
    try:
        yield f"postgresql://planner@127.0.0.1:{port}/"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, cwd="/")
        shutil.rmtree(folder)


def new_database(server: str, name: str) -> str:
    """The address of a new, empty database of a server."""
    import psycopg

    with psycopg.connect(f"{server}postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]  # a name of the test's own
    return f"{server}{name}"
