"""How far a command is: a bar on a terminal, one plain line elsewhere."""

import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

import click

__all__ = ["counted"]

T = TypeVar("T")


def counted(things: Sequence[T], label: str) -> Iterator[T]:
    """The things one after the other, while people see how far it is."""
    if not sys.stderr.isatty():
        click.echo(f"{label} ({len(things)})", err=True)
        yield from things
        return
    with click.progressbar(things, label=label, file=sys.stderr) as bar:
        yield from bar
