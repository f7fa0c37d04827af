"""Following the clock and moving it, over HTTP."""

from datetime import datetime, timedelta

from aiohttp import web

from sandbox.refusals import NotPossible
from sandbox.requests import WAIT_S, answered, json_body, number, seconds
from sandbox.state import Json
from sandbox.world import World


class ClockRoutes:
    """`GET /clock` and `POST /control/clock`."""

    def __init__(self, world: World) -> None:
        self.world = world

    def routes(self) -> list[web.RouteDef]:
        """Both of them."""
        return [web.get("/clock", self.follow), web.post("/control/clock", self.set)]

    async def follow(self, request: web.Request) -> web.Response:
        """The clock; with `after`, held until it is newer."""
        version = number(request, "after")
        if version is None:
            return web.json_response(self.world.clock.face())

        def alive() -> bool:
            return request.transport is not None and not request.transport.is_closing()

        hold_s = seconds(request, WAIT_S)
        return web.json_response(await self.world.clock.follow(version, hold_s, alive))

    async def set(self, request: web.Request) -> web.Response:
        """Set, advance or freeze; answered when the followers know."""
        return await answered(self._move(await json_body(request)))

    async def _move(self, wish: Json) -> Json:
        known = {"set": str, "advance": int | float, "freeze": bool}
        if not wish or any(not isinstance(wish[name], known.get(name, ())) for name in wish):
            raise NotPossible("give set (ISO with an offset), advance (seconds) or freeze (bool)")
        to = _moment(wish["set"]) if "set" in wish else None
        return await self.move(to, wish.get("advance"), wish.get("freeze"))

    async def move(
        self,
        to: datetime | None = None,
        advance: float | None = None,
        freeze: bool | None = None,
    ) -> Json:
        """Change the clock and wait until everyone who follows it has heard."""
        clock = self.world.clock
        expected = clock.followers()
        step = timedelta(seconds=advance) if advance is not None else None
        clock.change(to=to, advance=step, freeze=freeze)
        self.world.events.emit("clock", **clock.face())
        followed = await clock.followed(expected)
        return {**clock.face(), "followers": expected, "followed": followed}


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise NotPossible(f"not an ISO moment: {text}") from wrong
    if moment.tzinfo is None:
        raise NotPossible("the moment needs its offset from UTC")
    return moment
