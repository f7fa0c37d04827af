"""Has something written: by the running bot, or here under the lease while there is none."""

import time
from functools import partial
from typing import TYPE_CHECKING, Self

from bot.cli.faults import CommandError
from bot.core.errors import LeaseHeldError

if TYPE_CHECKING:
    from bot.store.db.database import Database
    from bot.system.settings import Settings
from bot.system.child_process import Facts

__all__ = ["Hands", "have_done"]

TRY_SECONDS_MAX = 5
PAUSE_SECONDS = 0.2
ANSWER_SECONDS_MAX = 60


def have_done(
    settings: "Settings",
    task: str,
    wish: Facts,
    seconds: float = ANSWER_SECONDS_MAX,
) -> Facts:
    """Do one of the office's tasks, which may take so many seconds; gives what it gives.

    Raises:
        CommandError: the running bot could not do it and nothing was written, or it did not say
            what came of it; the words tell which.
        LeaseHeldError: another program writes to the database and does not listen.
    """
    with Hands(settings) as hands:
        return hands.do(task, wish, seconds)


class Hands:
    """Does many of the office's tasks one after the other.

    Each is asked of the bot as long as there is one. Where there is none the books are opened
    here at the first task and kept until the end, under the lease, so no bot starts meanwhile.
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
        """Whether there was no bot, so that the books are open here."""
        return self._database is not None

    def note(self, task: str, wish: Facts) -> Facts:
        """Do one task that says how long work stands, in the same way."""
        return self._do(task, wish, ANSWER_SECONDS_MAX)

    def do(self, task: str, wish: Facts, seconds: float = ANSWER_SECONDS_MAX) -> Facts:
        """Do one task, as `have_done` does."""
        return self._do(task, wish, seconds)

    def _do(self, task: str, wish: Facts, seconds: float) -> Facts:
        """Do one task.

        A bot that is about to start or to stop holds the lease and does not listen; that passes.
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
            except control_socket.UncertainResultError as doubt:
                raise CommandError(
                    f"It may have been written or not: {doubt}. Look whether it was, or run the "
                    "same command again; what is there already is not written twice."
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
        from bot.store.db.write_lease import right_to_write

        url = self._settings.database_url.get_secret_value()
        await self._opened.enter_async_context(right_to_write(url))
        await refuse_unready(self._settings)
        database = open_database(url)
        self._opened.push_async_callback(database.close)
        return database

    async def _done_here(self, database: "Database", task: str, wish: Facts) -> Facts:
        from bot.cli.setup import now_by
        from bot.services.office.operator_tasks import TASKS

        now = await now_by(self._settings)
        return await database.write(partial(TASKS[task], wish=wish, now=now))
