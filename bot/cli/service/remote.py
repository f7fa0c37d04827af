"""Runs tasks that write: in the running bot, or in this process where no bot runs."""

import time
from functools import partial
from typing import TYPE_CHECKING, Self

from bot.cli.faults import CommandError
from bot.core.errors import LeaseHeldError
from bot.system.child_process import Facts

if TYPE_CHECKING:
    from bot.store.db.database import Database
    from bot.system.settings import Settings

__all__ = ["TaskClient", "run_task"]

TRY_SECONDS_MAX = 5
PAUSE_SECONDS = 0.2
ANSWER_SECONDS_MAX = 60


def run_task(
    settings: "Settings",
    task: str,
    wish: Facts,
    seconds: float = ANSWER_SECONDS_MAX,
) -> Facts:
    """Run one task of the office, which may take `seconds`; returns its result.

    Raises:
        CommandError: the running bot failed and nothing was written, or the outcome is unknown;
            the message says which.
        LeaseHeldError: another program writes to the database and does not listen.
    """
    with TaskClient(settings) as client:
        return client.do(task, wish, seconds)


class TaskClient:
    """Runs many tasks of the office one after the other.

    Each task is sent to the running bot. Where no bot runs, the first task opens the database
    here and holds the write lease until the end, so that no bot starts meanwhile.
    """

    def __init__(self, settings: "Settings") -> None:
        import asyncio
        from contextlib import AsyncExitStack

        self._settings = settings
        self._runner = asyncio.Runner()
        self._opened = AsyncExitStack()
        self._database: Database | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._runner.run(self._opened.aclose())
        finally:
            self._runner.close()

    @property
    def writes_here(self) -> bool:
        """Whether no bot ran, so that the database is open here."""
        return self._database is not None

    def do(self, task: str, wish: Facts, seconds: float = ANSWER_SECONDS_MAX) -> Facts:
        """Run one task, as `run_task` does; returns its result.

        A bot that is starting or stopping holds the lease and does not listen; so it is tried
        again for some seconds.
        """
        from bot.runtime import control_socket

        path = control_socket.socket_of(self._settings.database_url.get_secret_value())
        until = time.monotonic() + TRY_SECONDS_MAX
        while True:
            if self._database is not None:
                return self._runner.run(self._done_here(self._database, task, wish))
            try:
                return control_socket.ask(path, task, wish, seconds)
            except control_socket.TaskFailedError as refused:
                raise CommandError(f"Nothing was written: {refused}") from None
            except control_socket.UncertainResultError as uncertain:
                raise CommandError(
                    f"It is unknown whether it was written: {uncertain}. Check, or run the same "
                    "command again; nothing is written twice."
                ) from None
            except control_socket.NotListeningError:
                try:
                    self._database = self._runner.run(self._open())
                except LeaseHeldError:
                    if time.monotonic() > until:
                        raise
                    time.sleep(PAUSE_SECONDS)

    async def _open(self) -> "Database":
        from bot.cli.database.upgrade import refuse_unready
        from bot.store.db.database import open_database
        from bot.store.db.write_lease import hold_write_lease

        url = self._settings.database_url.get_secret_value()
        await self._opened.enter_async_context(hold_write_lease(url))
        await refuse_unready(self._settings)
        database = open_database(url)
        self._opened.push_async_callback(database.close)
        return database

    async def _done_here(self, database: "Database", task: str, wish: Facts) -> Facts:
        from bot.cli.setup import now_by
        from bot.services.office.operator_tasks import TASKS

        now = await now_by(self._settings)
        return await database.write(partial(TASKS[task], wish=wish, now=now))
