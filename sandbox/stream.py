"""The page's side: its files, and the stream of everything that happens."""

import json
from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox.menus import menu
from sandbox.state import Json
from sandbox.world import World

PAGE = Path(__file__).with_name("page")
BEAT_S = 15.0


class Page:
    """Serves `/`, `/page/…` and `/events`."""

    def __init__(self, world: World) -> None:
        self.world = world

    def routes(self) -> list[web.AbstractRouteDef]:
        """All of them."""
        return [
            web.get("/", self.index),
            web.get("/events", self.events),
            web.static("/page", PAGE),
        ]

    async def index(self, _: web.Request) -> web.StreamResponse:
        """The page itself."""
        return web.FileResponse(PAGE / "index.html", headers={"Cache-Control": "no-cache"})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: first what the reader lacks, then everything as it happens."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        )
        await response.prepare(request)
        asked = request.headers.get("Last-Event-ID") or request.query.get("after") or "0"
        seen = int(asked) if asked.isdigit() else 0
        try:
            seen = await self._catch_up(response, seen)
            while not self.world.events.closed:
                await self.world.events.wait(BEAT_S)
                fresh = self.world.events.after(seen)
                await response.write(_encoded(fresh) if fresh else b": still here\n\n")
                seen = fresh[-1]["n"] if fresh else seen
        except ConnectionError:
            pass  # the reader has gone
        return response

    async def _catch_up(self, response: web.StreamResponse, seen: int) -> int:
        events = self.world.events
        last = events.last
        missed = events.after(seen) if seen and events.covers(seen) else self._everything()
        await response.write(_encoded(missed) or b": nothing yet\n\n")
        return last

    def _everything(self) -> list[Json]:
        """The present state, told as events that all carry the newest number."""
        world = self.world
        told: list[Json] = [
            {"kind": "reset", "person": None, "bot": world.bot_card()},
            {"kind": "clock", "person": None, **world.clock.face()},
            {"kind": "upcoming", "person": None, "moments": world.moments},
            {"kind": "guide", "person": None, "guide": world.guide},
        ]
        for person in world.people.values():
            told.append({"kind": "person", "person": person.id, **world.introduce(person)})
            told.extend(self._chat(person.id))
        return [{"n": world.events.last, **event} for event in told]

    def _chat(self, person_id: int) -> list[Json]:
        chat = self.world.chats[person_id]
        about: Json = {"person": person_id, "chat": chat.id}
        facts: list[tuple[str, dict[str, Any]]] = [
            *(("message", {"message": message.body}) for message in chat.messages.values()),
            ("keyboard", {"reply_keyboard": chat.reply_keyboard, "hidden": chat.keyboard_hidden}),
            ("commands", {"commands": menu(self.world, person_id, person_id)}),
            ("blocked", {"blocked": self.world.people[person_id].blocked}),
            ("unread", {"unread": chat.unread}),
        ]
        return [{"kind": kind, **about, **fields} for kind, fields in facts]


def _encoded(events: list[Json]) -> bytes:
    return b"".join(
        f"id: {event['n']}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n".encode()
        for event in events
    )
