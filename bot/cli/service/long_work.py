"""Has long work done as a job: by the running bot, which shows how far it is, or else here."""

import time
from collections.abc import Callable, Iterator

import click

from bot.cli.faults import CommandError
from bot.cli.progress_bars import Bars
from bot.cli.service.remote import Hands
from bot.core.input.checked_json import integer, mapping, string
from bot.system.child_process import Facts

__all__ = ["done_as_job"]

LOOK_SECONDS = 0.3
MISSED_MAX = 20
LEFT = (
    "The running bot goes on with it. How it stands: python -m bot jobs. "
    "To watch again, run the same command again."
)
LEFT_HERE = (
    "Broken off. The bot goes on with it when it is started, and so does this command when it is "
    "run again."
)


def done_as_job(
    hands: Hands,
    kind: str,
    reference: str,
    wish: Facts,
    here: Callable[[], Facts],
) -> Facts:
    """Returns what came of the job; `here` does it where no bot runs, or runs any more.

    Raises:
        CommandError: it failed; the words say why.
    """
    facts = {"kind": kind, "reference": reference, "wish": wish}
    job = integer(hands.note("job ask", facts), "job")
    try:
        for found in _looks(hands, job):
            if found["state"] == "done":
                return _result(found)
            if found["state"] in {"failed", "given_up"}:
                raise CommandError(str(found["error"]))
        return _done_here(hands, job, here)
    except KeyboardInterrupt:
        click.echo(f"\n{LEFT_HERE if hands.writes_here else LEFT}", err=True)
        raise click.Abort from None


def _looks(hands: Hands, job: int) -> Iterator[Facts]:
    """How the job stands, again and again, for as long as the bot has it."""
    missed = 0
    with Bars() as bars:
        while not hands.writes_here:
            try:
                found = hands.note("job look", {"job": job})
            except (
                CommandError
            ):  # a bot that is stopped or killed breaks off, and the next look tells
                missed += 1
                if missed > MISSED_MAX:
                    raise
            else:
                missed = 0
                bars.show(string(found, "step"), integer(found, "done"), integer(found, "total"))
                yield found
            time.sleep(LOOK_SECONDS)


def _done_here(hands: Hands, job: int, here: Callable[[], Facts]) -> Facts:
    epoch = hands.note("job take", {"job": job})["epoch"]
    if epoch is None:
        found = hands.note("job look", {"job": job})
        if found["state"] != "done":
            raise CommandError(str(found["error"]))
        return _result(found)
    end = {"job": job, "epoch": epoch}
    try:
        result = here()
    except CommandError as fault:
        hands.note("job end", {**end, "error": fault.message})
        raise
    hands.note("job end", {**end, "error": None, "result": dict(result)})
    return result


def _result(found: Facts) -> Facts:
    return mapping(found, "result")
