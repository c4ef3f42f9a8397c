"""The ``placeplan`` command: its list of commands, and the exit code of every way in which one can end."""

import gc
import importlib
import sys
import traceback
from collections.abc import Sequence

import click

from placeplan.cli.endings import ExitCode, StoppedError
from placeplan.kernel.errors import InputError

_COMMANDS = {
    "new": ("placeplan.cli.starting", "new", "Write a plan folder to start from."),
    "check": ("placeplan.cli.checking", "check", "Check plans and list what was found."),
    "build": ("placeplan.cli.building", "build", "Write the plan document: HTML, PDF, Word, workbook."),
    "explain": ("placeplan.cli.explaining", "explain_figure", "Walk from a figure to the cells that it comes from."),
    "diff": ("placeplan.cli.comparing", "diff", "Say how two plans differ, in figures and sections."),
    "workbook": ("placeplan.cli.workbooks", "workbook", "Write a plan as a workbook, or read one back."),
    "rounds": ("placeplan.cli.rounds", "rounds", "Show planning rounds and their national rules."),
    "organisations": (
        "placeplan.cli.organisations",
        "organisations",
        "Say who commissions which service where, on any day.",
    ),
    "indicators": (
        "placeplan.cli.indicators",
        "indicators",
        "Work out measures; find change, outliers, gaps and inequality.",
    ),
    "population": (
        "placeplan.cli.population",
        "population",
        "Say who lives in a place, how that grows, and whom programmes see.",
    ),
    "segments": (
        "placeplan.cli.segments",
        "segments",
        "Put people from linked records in segments; say what each costs.",
    ),
    "capacity": ("placeplan.cli.capacity", "capacity", "Work out beds, staff, levels of care and clusters."),
    "demand": (
        "placeplan.cli.demand",
        "demand",
        "Say what care a place needs if nothing is done, and what interventions change.",
    ),
    "siting": ("placeplan.cli.siting", "siting", "Say where hubs should be, how many, and whom that reaches."),
    "data": ("placeplan.cli.data", "data", "List public files that can be read, and check a data folder."),
    "serve": ("placeplan.cli.serving", "serve", "Open the workspace in a browser, on this machine or for a team."),
    "workspace": ("placeplan.cli.workspace", "workspace", "Run the site of a team: migrations, backups, documents."),
    "demo": ("placeplan.cli.demo", "demo", "Read, check and publish a real plan that comes with Placeplan."),
}


class _Commands(click.Group):
    """A group that imports a command only when it is asked for, so that each starts quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click gives it
        """Names of the commands, in the order of a planner's work."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click gives it
        """Import and return one command."""
        if cmd_name not in _COMMANDS:
            return None
        module, name, _ = _COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click gives it
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, _, words) in _COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="placeplan")
def placeplan() -> None:
    """Plan health and care for a place: a plan that adds up, says what it rests on, and is checked."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and leave with its exit code.

    0: clean; 1: findings at or above the level asked for; 2: the input could not be read; 3: a fault of Placeplan.
    """
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    gc.disable()  # a plan is hundreds of thousands of small values that live to the end: walking them doubles the time
    try:
        placeplan.main(args=arguments, prog_name="placeplan", standalone_mode=False)
    except StoppedError as stopped:
        return stopped.code
    except InputError as error:
        click.echo("\n".join(str(problem) for problem in error.problems), err=True)
        count = len(error.problems)
        click.echo(f"{count} problem{'' if count == 1 else 's'}: nothing was written.", err=True)
        return ExitCode.UNREADABLE
    except click.ClickException as error:
        error.show()
        return ExitCode.UNREADABLE
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return ExitCode.STOPPED
    except BrokenPipeError:
        sys.stderr.close()
        return ExitCode.CLEAN
    except Exception as error:  # noqa: BLE001 - the last resort: a fault of ours must not look like the user's
        frame = traceback.extract_tb(error.__traceback__)[-1]
        click.echo(f"This is a fault of Placeplan, not of your plan: {type(error).__name__}: {error}", err=True)
        click.echo(
            f"Please report it with the command that you gave. It happened in {frame.name}, line {frame.lineno}.",
            err=True,
        )
        return ExitCode.FAULT
    return ExitCode.CLEAN
