"""Has long work done as a job: by the running bot, which shows how far it is, or else here."""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import click

from bot.cli.faults import Fault
from bot.cli.progress import Bars
from bot.cli.service.remote import Hands

__all__ = ["done_as_job"]

LOOK_SECONDS = 0.3
MISSED_MAX = 20
LEFT = (
    "The running bot goes on with it. How it stands: python -m bot jobs. "
    "To watch again, run the same command again."
)


def done_as_job(
    hands: Hands, kind: str, reference: str, wish: Mapping[str, Any], here: Callable[[], None]
) -> None:
    """Return when the job is done; `here` does it where no bot runs, or runs any more.

    Raises:
        Fault: it failed; the words say why.
    """
    facts = {"kind": kind, "reference": reference, "wish": wish}
    job: int = hands.note("job ask", facts)["job"]
    try:
        for found in _looks(hands, job):
            if found["state"] == "done":
                return
            if found["state"] in {"failed", "given_up"}:
                raise Fault(str(found["error"]))
    except KeyboardInterrupt:
        click.echo(f"\n{LEFT}", err=True)
        raise click.Abort from None
    _do_here(hands, job, here)


def _looks(hands: Hands, job: int) -> Iterator[Mapping[str, Any]]:
    """How the job stands, again and again, for as long as the bot has it."""
    missed = 0
    with Bars() as bars:
        while not hands.writes_here:
            try:
                found = hands.note("job look", {"job": job})
            except Fault:  # a bot that is stopped or killed breaks off, and the next look tells
                missed += 1
                if missed > MISSED_MAX:
                    raise
            else:
                missed = 0
                bars.show(found["step"], found["done"], found["total"])
                yield found
            time.sleep(LOOK_SECONDS)


def _do_here(hands: Hands, job: int, here: Callable[[], None]) -> None:
    epoch = hands.note("job take", {"job": job})["epoch"]
    if epoch is None:
        found = hands.note("job look", {"job": job})
        if found["state"] != "done":
            raise Fault(str(found["error"]))
        return
    try:
        here()
    except Fault as fault:
        hands.note("job end", {"job": job, "epoch": epoch, "error": fault.message})
        raise
    hands.note("job end", {"job": job, "epoch": epoch, "error": None})
