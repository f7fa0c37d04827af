"""How far a command is: a bar on a terminal, one plain line elsewhere."""

import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

import click

__all__ = ["counted"]

T = TypeVar("T")

DRAWN_TIMES = 200


def counted(things: Sequence[T], label: str) -> Iterator[T]:
    """The things one after the other, while people see how far it is."""
    if not sys.stderr.isatty():
        click.echo(f"{label} ({len(things)})", err=True)
        yield from things
        return
    # Drawn anew for each of many rows, the bar would take longer than what it shows.
    steps = max(1, len(things) // DRAWN_TIMES)
    with click.progressbar(things, label=label, file=sys.stderr, update_min_steps=steps) as bar:
        yield from bar
