"""Serves the Bot API: reads a call, injects faults, answers as Telegram does."""

import asyncio
import inspect
import math
import time
from collections.abc import Sequence
from typing import Any

from aiohttp import web

from sandbox import replies, schema
from sandbox.calls import Call, check, read_call
from sandbox.faults import Fault, puts_into_chat, sends
from sandbox.lanes import HOLD_S_MAX
from sandbox.refusals import Refusal, too_many_requests, violation
from sandbox.registry import SERVED
from sandbox.replies import json_reply, refused
from sandbox.state import Json
from sandbox.world import World

OVERLOAD_S = 3.0
OVERLOAD_RETRY_S = 60


class BotApi:
    """Serves `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer one request of a bot."""
        asked = request.match_info["method"]
        self.world.serving[asked] += 1
        try:
            return await self._answered(request)
        finally:
            self.world.serving[asked] -= 1

    async def _answered(self, request: web.Request) -> web.StreamResponse:
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
            check(call)
        except Refusal as no:
            return self._note_refusal(call, no)
        scope = call.params.get("scope")
        person = scope.get("chat_id") if isinstance(scope, dict) else self._person(call)
        fault = self.world.faults.strike(call.method, person, unread=False)
        return await self._disturbed(request, call, fault) if fault else await self._served(call)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Answer the download of a file."""
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
        """Answer a call with a fault on the way."""
        if fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
            return await self._served(call)
        if fault.kind == "hold":
            return await self._served(call, waits=(fault.seconds,))
        if fault.kind == "internal_500":
            return await self._served(call, waits=[2**n for n in range(int(fault.seconds))])
        if fault.kind in ("cut_after", "drip", "huge", "truncated"):
            return await self._spoilt(request, call, fault)
        self._log(call, fault.kind)
        if fault.kind == "overload":
            return await self._overloaded()
        return replies.instead(request, fault)

    async def _spoilt(self, request: web.Request, call: Call, fault: Fault) -> web.StreamResponse:
        """Serve a call whose answer is then damaged."""
        call.at_once = fault.kind != "cut_after"
        whole = await self._served(call, marked=f"{fault.kind}: ")
        if fault.kind == "drip":
            return await replies.dripped(request, whole, fault.seconds)
        if fault.kind == "huge":
            return await replies.swollen(request, whole, fault.megabytes)
        return replies.truncated(whole) if fault.kind == "truncated" else replies.cut(request)

    async def _served(
        self, call: Call, marked: str = "", waits: Sequence[float] = ()
    ) -> web.Response:
        """Serve a call in its turn: calls of one chat wait for each other."""
        chat_id = call.chat_id()
        if chat_id is None or not (puts_into_chat(call.method) or call.method == "deleteMessage"):
            return await self._held(call, marked, waits)
        if self.world.lanes.full(chat_id):
            return await self._overloaded()
        waits = waits or self.world.flood.chance_holds()
        held = self._held(call, marked, waits)
        if not (waits or self.world.flood.on or self.world.lanes.busy(chat_id)):
            return await held
        return await self.world.lanes.in_turn(chat_id, held)

    async def _held(self, call: Call, marked: str, waits: Sequence[float]) -> web.Response:
        """Wait as Telegram's server does and serve the call; refuse it if the wait is too long."""
        still = list(waits)
        while wait_s := still.pop(0) if still else self._flood_s(call):
            call.held_s += wait_s
            if call.held_s > HOLD_S_MAX:
                return self._note_refusal(call, too_many_requests(math.ceil(wait_s)), marked)
            await asyncio.sleep(wait_s)
        return await self._done(call, marked)

    def _flood_s(self, call: Call) -> int:
        """Returns the seconds that the rate limit demands; at 0 the call is counted."""
        chat_id = call.chat_id()
        if chat_id not in self.world.chats or not sends(call.method):
            return 0
        return self.world.flood.seconds_to_wait(chat_id, time.monotonic())

    async def _overloaded(self) -> web.Response:
        await asyncio.sleep(OVERLOAD_S)
        return refused(too_many_requests(OVERLOAD_RETRY_S))

    async def _done(self, call: Call, marked: str) -> web.Response:
        before = self.world.updates.confirmed
        try:
            answer = SERVED[call.method](self.world, call)
            if inspect.isawaitable(answer):
                answer = await answer
        except Refusal as no:
            return self._note_refusal(call, no, marked)
        for words in call.notes:
            self.world.record_violation(call.method, words, call.loggable())
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
        """Returns the person whose chat the call is about; None if there is none."""
        tap = self.world.taps.get(call.params.get("callback_query_id", ""))
        return tap.person if tap else call.chat_id()

    def _note_refusal(self, call: Call, no: Refusal, marked: str = "") -> web.Response:
        if no.violation:
            self.world.record_violation(call.method, no.description, call.loggable())
        self._log(call, f"{marked}{no.code} {no.description}")
        return refused(no)

    def _log(self, call: Call, outcome: str, answer: Any = None) -> None:
        more: Json = {"person": self._person(call)}
        if call.held_s:
            more["held_s"] = round(call.held_s, 1)
        if isinstance(answer, dict) and "message_id" in answer:
            more["message_id"] = answer["message_id"]
        self.world.record_request(call.method, call.loggable(), outcome, **more)
