"""The sandbox as a server: starts on a port, in a test or on its own, and stops at once."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from email.utils import formatdate
from pathlib import Path
from typing import Any, Self

from aiohttp import web

from sandbox.bot_api import BotApi
from sandbox.clock_routes import ClockRoutes
from sandbox.control import Control
from sandbox.files import UPLOAD_BYTES_MAX
from sandbox.flood import Flood
from sandbox.phones import Phones
from sandbox.snapshot import Snapshot
from sandbox.state import Json
from sandbox.stream import Page
from sandbox.views import Views
from sandbox.world import BotIdentity, ToldDate, World

TOKEN = "1000001:SANDBOX_TOKEN_FOR_LOCAL_USE_ONLY_0001"  # noqa: S105  opens nothing but this
REQUEST_BYTES_MAX = UPLOAD_BYTES_MAX + 4 * 1024 * 1024
SHUTDOWN_S = 0.1


class Sandbox:
    """A local Telegram: `async with Sandbox(people=[...]) as telegram: telegram.url`.

    With `flood` it keeps Telegram's pace, and holds a call now and then unless it is `steady`.
    In the same process `phones` does what people do and `views` shows what came of it, both
    without a request.
    """

    def __init__(
        self,
        people: Iterable[Mapping[str, Any]] = (),
        *,
        flood: bool = True,
        steady: bool = False,
        host: str = "127.0.0.1",
        port: int = 0,
        token: str = TOKEN,
        username: str = "jualdulu_bot",
        name: str = "Jual Dulu",
        state: Path | None = None,
        seed: int | None = None,
    ) -> None:
        self.token = token
        self.username = username
        self.host = host
        self.port = port
        self.world = World(
            BotIdentity(token, username, name), Flood(on=flood, steady=steady), seed=seed
        )
        self.phones = Phones(self.world)
        self.views = Views(self.world)
        self.world.add_people(people)
        self._clock = ClockRoutes(self.world)
        self._snapshot = Snapshot(self.world, state) if state else None
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The address, without a slash at the end."""
        return f"http://{self.host}:{self.port}"

    @property
    def violations(self) -> list[Json]:
        """What a correct bot would never have asked."""
        return self.world.violations

    async def start(self) -> None:
        """Listen."""
        if self._snapshot:
            self._snapshot.load()
            self._snapshot.watch()
        await self._listen()

    async def stop(self) -> None:
        """Answer whoever still waits, and close."""
        self.world.events.close()
        self.world.updates.close()
        self.world.clock.close()
        await self._hang_up()
        await self.world.lanes.close()
        if self._snapshot:
            self._snapshot.close()

    async def move_clock(
        self,
        to: datetime | None = None,
        *,
        advance: float | None = None,
        freeze: bool | None = None,
    ) -> Json:
        """Set, advance (seconds), freeze; every follower has heard of it when this returns."""
        return await self._clock.move(to, advance, freeze)

    async def wait(self, person: int, after: int, seconds: float = 5.0) -> list[Json]:
        """What the bot did in this person's chat after an event, held until it did something."""
        found: list[Json] = (await self.views.wait(person, after, seconds))["events"]
        return found

    def disturb(self, kind: str, **wish: Any) -> None:
        """Set a fault, as `POST /control/fault` does."""
        self.world.faults.add({"kind": kind, **wish})

    def tell_date(self, *, shift: float = 0.0, absent: bool = False) -> None:
        """From now on answers bear a `Date` that is so many seconds wrong, or none."""
        self.world.date = ToldDate(shift, absent)

    @asynccontextmanager
    async def unreachable(self) -> AsyncIterator[None]:
        """Refuse every connection for a while; what was said before is kept."""
        await self._hang_up()
        try:
            yield
        finally:
            await self._listen()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _listen(self) -> None:
        self._runner = web.AppRunner(
            self._app(), access_log=None, shutdown_timeout=SHUTDOWN_S, handle_signals=False
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, self.host, self.port).start()
        self.port = self._runner.addresses[0][1]

    async def _hang_up(self) -> None:
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def _tell_date(self, request: web.Request, answer: web.StreamResponse) -> None:
        """Each answer to the bot bears the time of the sandbox's clock."""
        if not request.path.startswith(("/bot", "/file/")):
            return
        told = self.world.date
        answer.headers.popall("Date", None)
        if not told.absent:
            at = self.world.clock.now().timestamp() + told.shift_s
            answer.headers["Date"] = formatdate(at, usegmt=True)

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=REQUEST_BYTES_MAX)
        app.on_response_prepare.append(self._tell_date)
        api = BotApi(self.world)
        app.router.add_route("*", "/bot{token}/{method}", api.call)
        app.router.add_get("/file/bot{token}/{path:.+}", api.file)
        app.add_routes(Control(self.world, self.phones).routes())
        app.add_routes(self._clock.routes())
        app.add_routes(Page(self.world).routes())
        return app
