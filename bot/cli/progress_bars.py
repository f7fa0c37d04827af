"""The progress of a command: a bar on a terminal, one plain line elsewhere."""

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, Self, TypeVar

import click

__all__ = ["Bars", "counted", "listen"]

T = TypeVar("T")

DRAWN_TIMES = 200

_listeners: list[Callable[[str, int, int], None]] = []


def listen(progress: Callable[[str, int, int], None]) -> None:
    """Send the progress of this process to `progress` instead of showing it.

    `progress` gets the label, the number done and the total.
    """
    _listeners[:] = [progress]


def counted(things: Sequence[T], label: str) -> Iterator[T]:
    """Yield the things one after the other and show the progress."""
    if _listeners:
        for number, thing in enumerate(things):
            _listeners[0](label, number, len(things))
            yield thing
        return
    if not sys.stderr.isatty():
        click.echo(f"{label} ({len(things)})", err=True)
        yield from things
        return
    # Drawing the bar again for each of many rows would take longer than the work itself.
    steps = max(1, len(things) // DRAWN_TIMES)
    with click.progressbar(things, label=label, file=sys.stderr, update_min_steps=steps) as bar:
        yield from bar


class _Bar(Protocol):
    """What is used of click's progress bar, whose class is private."""

    def update(self, n_steps: int) -> None: ...

    def render_finish(self) -> None: ...


class Bars:
    """Shows the progress of another process, as `counted` does for this one."""

    def __init__(self) -> None:
        self._label = ""
        self._at = 0
        self._bar: _Bar | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def show(self, label: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done; a new label begins a new bar."""
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
