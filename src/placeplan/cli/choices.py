"""Options that take some of a few words, with commas between them."""

from collections.abc import Callable

import click

Callback = Callable[[click.Context, click.Parameter, str], tuple[str, ...]]


def some_of(*known: str) -> Callback:
    """A callback that reads words with commas between them, each once, and refuses those that are not known."""

    def read(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
        wanted = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",") if part.strip()))
        unknown = [each for each in wanted if each not in known]
        if unknown or not wanted:
            found = ", ".join(unknown) or "nothing"
            raise click.BadParameter(f"{found} is not a format; use some of {', '.join(known)}, with commas.")
        return wanted

    return read
