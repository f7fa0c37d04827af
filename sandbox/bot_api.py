"""The Bot API's own address: reads a call, lets faults strike, answers as Telegram does."""

import asyncio
import inspect
from typing import Any

from aiohttp import web

from sandbox import replies, schema
from sandbox.calls import Call, judge, read_call
from sandbox.faults import Fault
from sandbox.refusals import Refusal, too_many_requests, violation
from sandbox.registry import SERVED
from sandbox.replies import json_reply, refused
from sandbox.state import Json
from sandbox.world import World

OVERLOAD_S = 3.0
INTERNAL_ERRORS_MAX = 3
REFUSED = {
    "http_401": Refusal("Unauthorized", 401),
    "http_413": Refusal("Request Entity Too Large", 413),
    "http_421": Refusal("Misdirected Request", 421),
    "http_500": Refusal("Internal Server Error", 500),
    "restart": Refusal("Internal Server Error: restart", 500),
    "message_id_invalid": Refusal("Bad Request: MESSAGE_ID_INVALID"),
}
PROXY_PAGES = {"http_403_html": 403, "http_502_html": 502}


class BotApi:
    """Serves `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One request of a bot."""
        refusal = self._refused_token(request.match_info["token"])
        if refusal:
            return refused(refusal)
        asked = request.match_info["method"]
        method = schema.method_names().get(asked.lower())
        fault = self.world.faults.strike(method or asked, None, unread=True)
        if fault:
            self.world.record_request(method or asked, {}, fault.kind, person=None)
            return replies.cut(request)
        call = Call(method or asked, {})
        try:
            call = await read_call(call.method, request)
            if method is None:
                raise violation("method not found", 404)
            if method not in SERVED:
                raise violation(f"sandbox does not serve {method}", 501)
            judge(call)
        except Refusal as no:
            return self._note_refusal(call, no)
        fault = self.world.faults.strike(call.method, self._person(call), unread=False)
        return await self._disturbed(request, call, fault) if fault else await self._served(call)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Download a file."""
        refusal = self._refused_token(request.match_info["token"])
        if refusal:
            return refused(refusal)
        stored = self.world.files.by_path(request.match_info["path"])
        if stored is None:
            return refused(Refusal("Not Found", 404))
        return web.Response(body=stored.content, content_type=stored.mime_type)

    async def _disturbed(
        self, request: web.Request, call: Call, fault: Fault
    ) -> web.StreamResponse:
        """The same call with something going wrong on the way."""
        if fault.kind in ("delay", "hold"):
            await asyncio.sleep(fault.seconds)
            return await self._served(call)
        if fault.kind == "internal_500":
            return await self._repeated(call, int(fault.seconds))
        if fault.kind in ("cut_after", "drip", "huge", "truncated"):
            return await self._spoilt(request, call, fault)
        self._log(call, fault.kind)
        if fault.kind in replies.EMPTY_BODIES:
            return json_reply(replies.EMPTY_BODIES[fault.kind])
        if fault.kind in PROXY_PAGES:
            return replies.proxy_page(PROXY_PAGES[fault.kind])
        if fault.kind == "overload":
            await asyncio.sleep(OVERLOAD_S)
            return refused(too_many_requests(60))
        if fault.kind == "retry_after":
            return refused(too_many_requests(max(int(fault.seconds), 1)))
        if fault.kind == "error":
            return refused(Refusal(fault.words, fault.code, parameters=fault.parameters))
        if fault.kind in REFUSED:
            return refused(REFUSED[fault.kind])
        return replies.cut(request)

    async def _repeated(self, call: Call, errors: int) -> web.Response:
        """Internal errors are slept through, each twice as long, until that takes too long."""
        for number in range(min(errors, INTERNAL_ERRORS_MAX)):
            await asyncio.sleep(2**number)
        if errors > INTERNAL_ERRORS_MAX:
            return self._note_refusal(call, too_many_requests(2**INTERNAL_ERRORS_MAX))
        return await self._served(call)

    async def _spoilt(self, request: web.Request, call: Call, fault: Fault) -> web.StreamResponse:
        """The call is served, and its answer goes wrong."""
        if call.method == "getUpdates" and fault.kind != "cut_after":
            call.params["timeout"] = 0
        whole = await self._served(call, marked=f"{fault.kind}: ")
        if fault.kind == "drip":
            return await replies.dripped(request, whole, fault.seconds)
        if fault.kind == "huge":
            return await replies.swollen(request, whole, fault.megabytes)
        return replies.truncated(whole) if fault.kind == "truncated" else replies.cut(request)

    async def _served(self, call: Call, marked: str = "") -> web.Response:
        before = self.world.updates.confirmed
        try:
            answer = SERVED[call.method](self.world, call)
            if inspect.isawaitable(answer):
                answer = await answer
        except Refusal as no:
            return self._note_refusal(call, no, marked)
        if call.method != "getUpdates":
            self._log(call, f"{marked}ok", answer)
            return json_reply(b'{"ok":true,"result":' + replies.dumped(answer) + b"}")
        if self.world.updates.confirmed != before:
            self._log(call, f"{marked}ok")
        return json_reply(b'{"ok":true,"result":[' + b",".join(answer) + b"]}")

    def _refused_token(self, token: str) -> Refusal | None:
        if token == self.world.bot.token:
            return None
        number, _, secret = token.partition(":")
        formed = number.isdigit() and bool(secret)
        return Refusal("Unauthorized", 401) if formed else Refusal("Not Found", 404)

    def _person(self, call: Call) -> int | None:
        """Whose chat the call is about."""
        tap = self.world.taps.get(call.params.get("callback_query_id", ""))
        return tap.person if tap else call.chat_id()

    def _note_refusal(self, call: Call, no: Refusal, marked: str = "") -> web.Response:
        if no.violation:
            self.world.record_violation(call.method, no.description, call.loggable())
        self._log(call, f"{marked}{no.code} {no.description}")
        return refused(no)

    def _log(self, call: Call, outcome: str, answer: Any = None) -> None:
        more: Json = {"person": self._person(call)}
        if isinstance(answer, dict) and "message_id" in answer:
            more["message_id"] = answer["message_id"]
        self.world.record_request(call.method, call.loggable(), outcome, **more)
