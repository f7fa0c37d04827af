"""The control interface: what the page, the tests and the demo ask of the sandbox."""

import inspect
from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox import menus
from sandbox.phones import Phones
from sandbox.refusals import NotPossible
from sandbox.requests import WAIT_S, answered, json_body, number, refused, seconds
from sandbox.state import Json
from sandbox.views import Views
from sandbox.world import ToldDate, World

ACTS = (
    "say",
    "forward",
    "pass_on",
    "start",
    "tap",
    "press",
    "contact",
    "photo",
    "document",
    "media",
    "edit",
    "block",
    "unblock",
    "read",
    "group",
    "kick",
    "album",
    "erase",
    "delete_account",
    "overtake",
    "forge",
)
Handler = Callable[[web.Request], Awaitable[web.Response]]


class Control:
    """Routes under `/control`."""

    def __init__(self, world: World, phones: Phones) -> None:
        self.world = world
        self.phones = phones
        self.views = Views(world)

    def routes(self) -> list[web.RouteDef]:
        """All of them."""
        views = self.views
        return [
            *(web.post(f"/control/{name}", _act(getattr(self.phones, name))) for name in ACTS),
            web.post("/control/raw", _act(self.raw)),
            web.post("/control/again", _act(self.again)),
            web.post("/control/people", _act(self.add_people)),
            web.post("/control/upcoming", _act(self.set_upcoming)),
            web.post("/control/guide", _act(self.set_guide)),
            web.post("/control/date", _act(self.set_date)),
            web.post("/control/fault", self.set_fault),
            web.post("/control/fault/clear", _act(self.clear_faults)),
            web.get("/control/faults", _view(views.faults)),
            web.get("/control/violations", _view(views.violations)),
            web.get("/control/confirmed", _view(views.confirmed)),
            web.get("/control/people", _view(views.people)),
            web.get("/control/log", _view(views.log)),
            web.get("/control/chat", _view(views.chat)),
            web.get("/control/wait", self.wait),
            web.get("/control/file", self.show_file),
        ]

    def raw(self, update: Json) -> Json:
        """Push any update body."""
        return {"update_id": self.world.updates.push_raw(update)}

    def again(self, update_id: int | None = None) -> Json:
        """Deliver an earlier update once more; the last one if none is named."""
        number_ = self.world.updates.next_id - 1 if update_id is None else update_id
        self.world.updates.deliver_again(number_)
        return {"update_id": number_}

    def add_people(self, people: list[Json]) -> Json:
        """Make more people known."""
        added = self.world.add_people(people)
        menus.announce(self.world, added)
        return {"people": [self.world.introduce(person) for person in added]}

    def set_upcoming(self, moments: list[Json]) -> Json:
        """What the clock strip of the page offers."""
        self.world.moments = moments
        return {"event": self.world.events.emit("upcoming", moments=moments)}

    def set_guide(self, guide: Json) -> Json:
        """What the page says of the product, and the steps it offers to a visitor."""
        self.world.guide = guide
        return {"event": self.world.events.emit("guide", guide=guide)}

    def set_date(self, shift: float = 0.0, absent: bool = False) -> Json:
        """What the `Date` of the answers says: so many seconds off, or nothing."""
        self.world.date = ToldDate(float(shift), bool(absent))
        return {"shift": self.world.date.shift_s, "absent": self.world.date.absent}

    def clear_faults(self) -> Json:
        """Take all disturbances away."""
        return {"cleared": self.world.faults.clear()}

    async def set_fault(self, request: web.Request) -> web.Response:
        """Set a disturbance."""
        return await answered(self._set_fault(await json_body(request)))

    async def _set_fault(self, wish: Json) -> Json:
        self.world.faults.add(wish)
        return self.views.faults()

    async def wait(self, request: web.Request) -> web.Response:
        """Hold until the bot did something in a chat."""
        chat = number(request, "chat") or number(request, "person")
        after = number(request, "after") or 0
        return await answered(self.views.wait(chat, after, seconds(request, WAIT_S)))

    async def show_file(self, request: web.Request) -> web.Response:
        """A file by its id, for the page."""
        stored = self.world.files.by_id(request.query.get("file_id", ""))
        if stored is None:
            return refused("no such file", 404)
        return web.Response(body=stored.content, content_type=stored.mime_type)


def _act(act: Callable[..., Json]) -> Handler:
    """A route for something done with the fields of the body as arguments."""
    accepted = inspect.signature(act)

    async def handle(request: web.Request) -> web.Response:
        return await answered(_called(act, accepted, await json_body(request)))

    return handle


def _view(view: Callable[..., Json]) -> Handler:
    """A route for something seen; its arguments are numbers of the query."""
    accepted = inspect.signature(view)

    async def handle(request: web.Request) -> web.Response:
        fields = {name: number(request, name) for name in request.query}
        given = {name: value for name, value in fields.items() if value is not None}
        return await answered(_called(view, accepted, given))

    return handle


async def _called(act: Callable[..., Json], accepted: inspect.Signature, fields: Json) -> Json:
    try:
        accepted.bind(**fields)
    except TypeError as wrong:
        raise NotPossible(str(wrong)) from wrong
    return act(**fields)
