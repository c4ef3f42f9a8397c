"""The commands of the key holder: pseudonymise, release, reidentify, a new key and a job to start from."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from placeplan.cli.endings import ExitCode, StoppedError
from placeplan.cli.progress import row_counter
from placeplan.cli.segment_options import MEMORY, YEAR
from placeplan.kernel.errors import InputError, PlaceplanError
from placeplan.kernel.periods import FinancialYear

Command = TypeVar("Command", bound=Callable[..., Any])
FILE = click.Path(path_type=Path)
KEY = click.option(
    "--key",
    type=FILE,
    metavar="FILE",
    help="File with the key; else the environment's PLACEPLAN_PSEUDONYM_KEY.",
)
ROLES = "As the stages name it, such as commissioner-analyst or practice-clinician."


def who_asks(stage: str) -> Callable[[Command], Command]:
    """Options that say who asks, in which role and for what."""

    def added(command: Command) -> Command:
        for option in (
            click.option("--purpose", required=True, metavar="NAME", help="Such as planning or risk-stratification."),
            click.option("--role", required=True, metavar="NAME", help=ROLES),
            click.option("--who", required=True, metavar="NAME", help=f"Who asks; {stage} keeps it."),
        ):
            command = option(command)
        return command

    return added


@click.command("new-key")
@click.argument("file", type=FILE, metavar="FILE")
def new_key(file: Path) -> None:
    """Make a random key in the new FILE that only you may read.

    Whoever has it can work out pseudonyms; without it nobody can link a new extract to an old one, or re-identify.
    """
    from placeplan.app.segments.keys import write_new_key

    key = write_new_key(file)
    click.echo(f"Wrote a key with the fingerprint {key.fingerprint} to {file}; keep it, and give it to nobody.")


@click.command("new-job")
@click.argument("folder", type=FILE, metavar="DIR")
def new_job(folder: Path) -> None:
    """Write a job for 'pseudonymise' to the new folder DIR, with extracts of people who do not exist."""
    from placeplan.app.segments.starting_jobs import start_job

    files = start_job(folder)
    click.echo(f"Wrote {len(files)} files to {folder}; {folder / 'job.yaml'} says what they are")


@click.command()
@click.argument("job", type=FILE, metavar="JOB")
@click.option("--out", required=True, type=FILE, metavar="DIR", help="The dataset: a folder that is not there yet.")
@click.option("--report", required=True, type=FILE, metavar="FILE", help="What was linked; stays with the key holder.")
@KEY
@MEMORY
def pseudonymise(job: Path, *, out: Path, report: Path, key: Path | None, memory: str) -> None:
    """Make a linked dataset without identifiers of the extracts that the file JOB names.

    Rows of people who opted out are dropped before anything else. All of it is written, or nothing.
    """
    from placeplan.app.segments.keys import read_key
    from placeplan.app.segments.pseudonymising import Destination, pseudonymise

    with row_counter() as counted:
        made = pseudonymise(
            job, Destination(out, report), key=read_key(key), today=now().date(), memory=memory, progress=counted
        )
    click.echo("\n".join(made.lines()))
    click.echo(f"Wrote the dataset to {out} and the report to {report}")


@click.command()
@click.argument("results", type=FILE, metavar="RESULTS")
@click.option("--table", required=True, metavar="NAME", help="Such as segment-age-band, or a table asked for by --by.")
@click.option("--year", required=True, type=YEAR, help="Financial year such as 2015-16.")
@click.option("--ledger", required=True, type=FILE, metavar="FILE", help="Every release so far; made when not there.")
@click.option("--out", required=True, type=FILE, metavar="FILE", help="The table: a CSV file that is not there yet.")
@click.option("--people-only", is_flag=True, help="Leave activity and spend out.")
@who_asks("the ledger")
def release(
    results: Path, *, table: str, year: FinancialYear, ledger: Path, out: Path, people_only: bool, **asked: str
) -> None:
    """Let one table of RESULTS, a folder that 'run' wrote, leave, and note it in the ledger.

    It is refused where it and an earlier release would together give a small number away.
    """
    from placeplan.app.segments.releasing_results import release_request, release_table, table_written

    found = table_written(results, table, year=str(year), people_only=people_only)
    request = release_request(**asked)
    entry = allowed(lambda: release_table(found, out, request=request, ledger=ledger, at=now()))
    click.echo(f"Release {entry.number}: {entry.says['title']}")
    click.echo(f"  {found.table.audit.statement} {found.table.rule.in_words()}")
    click.echo(f"Wrote {out}; noted in {ledger}")


@click.command()
@click.argument("dataset", type=FILE, metavar="DIR")
@click.option("--people", required=True, type=FILE, metavar="FILE", help="Pseudonyms that are asked about, one a line.")
@click.option("--own-list", required=True, type=FILE, metavar="FILE", help="NHS numbers of the practice's own list.")
@click.option("--column", metavar="NAME", help="Heading of the NHS numbers in that list; the first column else.")
@click.option("--log", required=True, type=FILE, metavar="FILE", help="Every request so far; made when not there.")
@click.option("--out", required=True, type=FILE, metavar="FILE", help="The answer: a file that only you may read.")
@click.option("--practice", required=True, metavar="CODE", help="The practice that this is about.")
@click.option("--works-for", required=True, metavar="CODE", help="The practice of the person who asks.")
@click.option("--reason", required=True, metavar="WORDS", help="Why, in words.")
@KEY
@who_asks("the record")
def reidentify(
    dataset: Path,
    *,
    people: Path,
    own_list: Path,
    column: str | None,
    log: Path,
    out: Path,
    key: Path | None,
    **asked: str,
) -> None:
    """Tell a clinician who people of the practice's own list in the dataset DIR are. A step of the key holder.

    The request is noted before the answer is written, and so is a refusal.
    """
    from placeplan.app.segments.answering_requests import answer_request, reidentification_request
    from placeplan.app.segments.keys import read_key
    from placeplan.app.segments.reidentifying import Holding

    request, secret = reidentification_request(**asked), read_key(key)
    holding = Holding(dataset, own_list, log, column)
    found = allowed(lambda: answer_request(people, out, holding=holding, request=request, key=secret, at=now()))
    click.echo(f"{len(found.numbers):,} people were found, {found.not_found:,} were not.")
    click.echo(f"Wrote {out}, which only you may read; the request is noted in {log}")


COMMANDS = (new_job, new_key, pseudonymise, release, reidentify)
Answer = TypeVar("Answer")


def allowed(asked: Callable[[], Answer]) -> Answer:
    """What was asked for; a refusal is said in its own words."""
    try:
        return asked()
    except InputError:
        raise
    except PlaceplanError as error:
        click.echo(str(error), err=True)
        raise StoppedError(ExitCode.UNREADABLE) from error


def now() -> datetime:
    """The time, with its zone."""
    return datetime.now(tz=UTC)
