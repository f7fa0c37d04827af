"""Runs long work as a job: in the running bot, with its progress shown, or in this process."""

import time
from collections.abc import Callable, Iterator

import click

from bot.cli.faults import CommandError
from bot.cli.progress_bars import Bars
from bot.cli.service.remote import TaskClient
from bot.core.input.checked_json import integer, mapping, string
from bot.system.child_process import Facts

__all__ = ["run_as_job"]

LOOK_SECONDS = 0.3
MISSED_MAX = 20
LEFT = (
    "The running bot continues the work. To see its state: python -m bot jobs. "
    "To watch it again, run the same command again."
)
LEFT_HERE = (
    "Interrupted. The bot continues the work at its next start, and so does this command if it is "
    "run again."
)


def run_as_job(
    client: TaskClient,
    kind: str,
    reference: str,
    wish: Facts,
    here: Callable[[], Facts],
) -> Facts:
    """Run a job and return its result; `here` does the work where no bot runs, or none any more.

    Raises:
        CommandError: the job failed; the message says why.
    """
    facts = {"kind": kind, "reference": reference, "wish": wish}
    job = integer(client.do("job ask", facts), "job")
    try:
        for found in _looks(client, job):
            if found["state"] == "done":
                return _result(found)
            if found["state"] in {"failed", "given_up"}:
                raise CommandError(str(found["error"]))
        return _done_here(client, job, here)
    except KeyboardInterrupt:
        click.echo(f"\n{LEFT_HERE if client.writes_here else LEFT}", err=True)
        raise click.Abort from None


def _looks(client: TaskClient, job: int) -> Iterator[Facts]:
    """Yield the state of the job again and again, for as long as the bot has it."""
    missed = 0
    with Bars() as bars:
        while not client.writes_here:
            try:
                found = client.do("job look", {"job": job})
            except CommandError:
                # A bot that is stopped or killed closes the connection; the next request shows
                # which.
                missed += 1
                if missed > MISSED_MAX:
                    raise
            else:
                missed = 0
                bars.show(string(found, "step"), integer(found, "done"), integer(found, "total"))
                yield found
            time.sleep(LOOK_SECONDS)


def _done_here(client: TaskClient, job: int, here: Callable[[], Facts]) -> Facts:
    epoch = client.do("job take", {"job": job})["epoch"]
    if epoch is None:
        found = client.do("job look", {"job": job})
        if found["state"] != "done":
            raise CommandError(str(found["error"]))
        return _result(found)
    end = {"job": job, "epoch": epoch}
    try:
        result = here()
    except CommandError as fault:
        client.do("job end", {**end, "error": fault.message})
        raise
    client.do("job end", {**end, "error": None, "result": dict(result)})
    return result


def _result(found: Facts) -> Facts:
    return mapping(found, "result")
