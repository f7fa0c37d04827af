"""The Bot API's own address: reads a call, lets faults strike, answers as Telegram does."""

import asyncio
import inspect
import json
from email.utils import format_datetime
from typing import Any

from aiohttp import web

from sandbox import schema
from sandbox.calls import Call, judge, read_call
from sandbox.faults import Fault
from sandbox.refusals import Refusal, violation
from sandbox.registry import SERVED
from sandbox.state import Json
from sandbox.world import World

HTML_502 = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n"
    "</body>\r\n</html>\r\n"
)

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class BotApi:
    """Serves `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One request of a bot."""
        refusal = self._refused_token(request.match_info["token"])
        if refusal:
            return _refused(refusal)
        asked = request.match_info["method"]
        method = schema.method_names().get(asked.lower())
        fault = self.world.faults.strike(method or asked, None, unread=True)
        if fault:
            self.world.record_request(method or asked, {}, fault.kind, person=None)
            return _cut(request)
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

    async def date(self, _: web.Request, answer: web.StreamResponse) -> None:
        """Date an answer by the clock of the sandbox, as any server does by its own."""
        answer.headers["Date"] = format_datetime(self.world.clock.now(), usegmt=True)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Download a file."""
        refusal = self._refused_token(request.match_info["token"])
        if refusal:
            return _refused(refusal)
        stored = self.world.files.by_path(request.match_info["path"])
        if stored is None:
            return _refused(Refusal("Not Found", 404))
        return web.Response(body=stored.content, content_type=stored.mime_type)

    async def _disturbed(
        self, request: web.Request, call: Call, fault: Fault
    ) -> web.StreamResponse:
        """The same call with something going wrong on the way."""
        if fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
            return await self._served(call)
        if fault.kind == "cut_after":
            await self._served(call, marked="cut_after: ")
            return _cut(request)
        self._log(call, fault.kind)
        if fault.kind == "http_500":
            return _refused(Refusal("Internal Server Error", 500))
        if fault.kind == "http_502_html":
            return web.Response(status=502, text=HTML_502, content_type="text/html")
        if fault.kind == "retry_after":
            seconds = max(int(fault.seconds), 1)
            words = f"Too Many Requests: retry after {seconds}"
            return _refused(Refusal(words, 429, retry_after=seconds))
        return _cut(request)

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
            return _json(b'{"ok":true,"result":' + _dumped(answer) + b"}")
        if self.world.updates.confirmed != before:
            self._log(call, f"{marked}ok")
        return _json(b'{"ok":true,"result":[' + b",".join(answer) + b"]}")

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
        return _refused(no)

    def _log(self, call: Call, outcome: str, answer: Any = None) -> None:
        more: Json = {"person": self._person(call)}
        if isinstance(answer, dict) and "message_id" in answer:
            more["message_id"] = answer["message_id"]
        self.world.record_request(call.method, call.loggable(), outcome, **more)


def _dumped(answer: Any) -> bytes:
    return _ENCODER.encode(answer).encode()


def _json(body: bytes, status: int = 200) -> web.Response:
    return web.Response(body=body, status=status, content_type="application/json")


def _refused(no: Refusal) -> web.Response:
    return _json(_dumped(no.body()), no.code)


def _cut(request: web.Request) -> web.Response:
    """Close the connection; what is returned goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
