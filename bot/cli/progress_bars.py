"""How far a command is: a bar on a terminal, one plain line elsewhere."""

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Self, TypeVar

import click

__all__ = ["Bars", "counted", "listen"]

T = TypeVar("T")

DRAWN_TIMES = 200

_listeners: list[Callable[[str, int, int], None]] = []


def listen(progress: Callable[[str, int, int], None]) -> None:
    """Have this process tell somebody how far it is, instead of showing it."""
    _listeners[:] = [progress]


def counted(things: Sequence[T], label: str) -> Iterator[T]:
    """The things one after the other, while people see how far it is."""
    if _listeners:
        for number, thing in enumerate(things):
            _listeners[0](label, number, len(things))
            yield thing
        return
    if not sys.stderr.isatty():
        click.echo(f"{label} ({len(things)})", err=True)
        yield from things
        return
    # Drawn anew for each of many rows, the bar would take longer than what it shows.
    steps = max(1, len(things) // DRAWN_TIMES)
    with click.progressbar(things, label=label, file=sys.stderr, update_min_steps=steps) as bar:
        yield from bar


class Bars:
    """Shows how far another process is, as `counted` does for this one."""

    def __init__(self) -> None:
        self._label = ""
        self._at = 0
        self._bar: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def show(self, label: str, done: int, total: int) -> None:
        """Show that so many of so many are done; a new label is a new bar."""
        if label != self._label:
            self._end()
            self._label, self._at = label, 0
            if label and not sys.stderr.isatty():
                click.echo(f"{label} ({total})", err=True)
            elif label:
                self._bar = click.progressbar(length=total, label=label, file=sys.stderr)
        if self._bar is not None:
            self._bar.update(max(0, done - self._at))
            self._at = max(self._at, done)

    def _end(self) -> None:
        if self._bar is not None:
            self._bar.render_finish()
            self._bar = None
