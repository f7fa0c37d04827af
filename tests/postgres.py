"""A PostgreSQL server of the tests' own, started when the first test asks for one.

It listens on a free port of this machine alone, keeps its data in a folder that goes with it, and
syncs nothing to disk. PostgreSQL refuses to run as root, so root hands it to another account.
"""

import asyncio
import contextlib
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import asyncpg

from bot.store.db.migrations import migrate

__all__ = ["MISSING", "Cluster", "shared", "stop_shared"]

MISSING = "PostgreSQL is not installed here: apt-get install postgresql"
ACCOUNTS = ("postgres", "nobody")
START_SECONDS = 30.0
STOP_SECONDS = 30.0
TEMPLATE = "blank"
HURRIED = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "16MB",
    "max_connections": "60",
    "deadlock_timeout": "20ms",
    "unix_socket_directories": "",
    "listen_addresses": "127.0.0.1",
    "autovacuum": "off",
}

# It reads until this process ends, however it ends.
LIVES_AS_LONG_AS_WE_DO = """
"$@" </dev/null &
read -r _
kill -INT $!
wait
rm -rf "$0"
"""

_started: list["Cluster"] = []


class Cluster:
    """One server; `fresh` makes a migrated database."""

    def __init__(self, binaries: Path) -> None:
        self._binaries = binaries
        self._folder = Path(tempfile.mkdtemp(prefix="books-pg-"))
        self._account = _account()
        self._numbers = itertools.count(1)
        self._server: subprocess.Popen[bytes] | None = None
        if self._account is not None:
            os.chown(self._folder, self._account.pw_uid, self._account.pw_gid)
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def _start(self) -> None:
        data = self._folder / "data"
        made = [
            self._binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust",
            "--no-sync", "--encoding=UTF8", "--locale=C",
        ]  # fmt: skip
        with self._popen(*made, log="initdb.log") as making:
            assert making.wait(START_SECONDS) == 0, self._logs()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        settings = [f"--{name}={value}" for name, value in HURRIED.items()]
        self._server = self._popen(
            "/bin/sh", "-c", LIVES_AS_LONG_AS_WE_DO, self._folder,
            self._binaries / "postgres", "-D", data, f"--port={self._port}", *settings,
            log="server.log",
        )  # fmt: skip
        asyncio.run(self._wait())
        self.execute(f"CREATE DATABASE {TEMPLATE}")
        asyncio.run(migrate(self.url(TEMPLATE)))

    def _popen(self, *command: object, log: str) -> "subprocess.Popen[bytes]":
        account = self._account
        with (self._folder / log).open("wb") as output:
            return subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self._folder,
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                start_new_session=True,  # Ctrl-C at the terminal is for pytest, which stops us
                user=account.pw_uid if account else None,
                group=account.pw_gid if account else None,
                extra_groups=[] if account else None,
            )

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(START_SECONDS):
                while True:
                    with contextlib.suppress(OSError, asyncpg.CannotConnectNowError):
                        await (await self._connect("postgres")).close()
                        return
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(self._logs()) from None

    def _logs(self) -> str:
        return "\n".join(each.read_text("utf-8") for each in self._folder.glob("*.log"))

    async def _connect(self, name: str) -> "asyncpg.Connection[asyncpg.Record]":
        return await asyncpg.connect(
            host="127.0.0.1", port=self._port, user="postgres", database=name
        )

    def url(self, name: str) -> str:
        """Returns the URL of a database, as in the bot's settings."""
        return f"postgresql+asyncpg://postgres@127.0.0.1:{self._port}/{name}"

    def execute(self, *statements: str) -> None:
        """Execute a statement about whole databases."""

        async def work() -> None:
            connection = await self._connect("postgres")
            try:
                for statement in statements:
                    await connection.execute(statement)
            finally:
                await connection.close()

        asyncio.run(work())

    @contextlib.contextmanager
    def fresh(self, *, empty: bool = False) -> Iterator[str]:
        """Yields the URL of a new database: migrated, or without any table."""
        name = f"books_{next(self._numbers)}"
        template = "template0" if empty else TEMPLATE
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        try:
            yield self.url(name)
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        """Stop the server and delete its data."""
        if self._server is not None:
            assert self._server.stdin is not None
            self._server.stdin.close()
            self._server.wait(STOP_SECONDS)
        shutil.rmtree(self._folder, ignore_errors=True)


@cache
def shared() -> Cluster | None:
    """Returns the one server of this test run; None where PostgreSQL is not installed."""
    binaries = _binaries()
    if binaries is None:
        return None
    cluster = Cluster(binaries)
    _started.append(cluster)
    return cluster


def stop_shared() -> None:
    """Stop the server, if any test started it."""
    while _started:
        _started.pop().stop()


def _binaries() -> Path | None:
    """Returns the folder of `initdb` and `postgres`; Debian keeps them off the PATH."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: each.parent.name.zfill(4)
    )[::-1]
    return next((each for each in places if (each / "postgres").exists()), None)


def _account() -> pwd.struct_passwd | None:
    """Returns the account that root hands the server to; None for any other user."""
    if os.geteuid() != 0:
        return None
    known = {each.pw_name: each for each in pwd.getpwall()}
    return next(known[name] for name in ACCOUNTS if name in known)
