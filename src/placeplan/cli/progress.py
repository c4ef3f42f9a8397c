"""A progress bar where a person would wait: on a terminal, on the error stream, and none in a pipe."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def progress_bar(steps: int) -> Iterator[Callable[[str], None]]:
    """Show a bar of so many steps; calling what it gives with words goes one step on."""
    if not sys.stderr.isatty():
        yield lambda _words: None
        return
    with click.progressbar(length=steps, file=sys.stderr, item_show_func=lambda words: words or "") as bar:

        def step(words: str) -> None:
            bar.update(1, words)

        yield step


@contextmanager
def row_counter() -> Iterator[Callable[[str, int], None]]:
    """Count rows where nobody knows how many there will be; what it gives takes the name of a table and its rows."""
    if not sys.stderr.isatty():
        yield lambda _name, _rows: None
        return
    try:
        yield lambda name, rows: click.echo(f"\r\x1b[K{name}: {rows:,} rows", nl=False, err=True)
    finally:
        click.echo("\r\x1b[K", nl=False, err=True)
