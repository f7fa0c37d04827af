"""A minimal Telegram server: it delivers updates and measures when the answers arrive.

It does no checks and has no state but the queue, so that mainly the bot is measured. `POST /run`
starts a run and returns its outcome. Each update should cause one `sendMessage` to its chat; more
are counted separately.
"""

import asyncio
import json
import re
import sys
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any

__all__ = ["BOT_ID", "TOKEN"]

BOT_ID = 700_000_001
TOKEN = f"{BOT_ID}:{'b' * 35}"
LIMIT = 100
POLL_SECONDS = 20
LENGTH = re.compile(rb"content-length:\s*(\d+)", re.IGNORECASE)
OFFSET = re.compile(rb"""offset["':=\s]+(\d+)""")
CHAT = re.compile(rb"""chat_id["':=\s]+(\d+)""")
ME = {
    "id": BOT_ID,
    "is_bot": True,
    "first_name": "Bot",
    "username": "bench_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}


@dataclass
class Run:
    """One measurement.

    Attributes:
        delay: seconds between a message and Telegram's answer to it.
        expected: the number of updates.
        began: when the first update was made.
        waiting: when the unanswered updates of each chat were made.
        latencies: seconds from each update to its answer.
        extra: the number of messages without an update.
    """

    delay: float
    expected: int
    began: float = 0.0
    waiting: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    latencies: list[float] = field(default_factory=list)
    extra: int = 0
    over: asyncio.Event = field(default_factory=asyncio.Event)


class Telegram:
    """The queue of updates, and the current run."""

    def __init__(self) -> None:
        self.run = Run(0.0, 0)
        self._queue: deque[tuple[int, bytes]] = deque()
        self._numbers = 0
        self._poll: tuple[Wire, asyncio.TimerHandle] | None = None

    def asked(self, wire: "Wire", path: bytes, body: bytes) -> None:
        """Answer one request."""
        method = path.rpartition(b"/")[2].lower()
        if method == b"sendmessage":
            self._sent(wire, body)
        elif method == b"getupdates":
            self._updates(wire, body)
        elif method == b"run":
            order = asyncio.ensure_future(self._carry_out(json.loads(body)))
            order.add_done_callback(lambda done: wire.reply(json.dumps(done.result()).encode()))
        elif method == b"getme":
            wire.reply(json.dumps({"ok": True, "result": ME}).encode())
        else:
            wire.reply(b'{"ok":true,"result":true}')

    def _sent(self, wire: "Wire", body: bytes) -> None:
        now = time.monotonic()
        found = CHAT.search(body)
        assert found is not None, body
        chat, run = int(found[1]), self.run
        if run.waiting[chat]:
            run.latencies.append(now - run.waiting[chat].popleft())
        else:
            run.extra += 1
        self._numbers += 1
        answer = (
            b'{"ok":true,"result":{"message_id":%d,"date":1764000000,'
            b'"chat":{"id":%d,"type":"private","first_name":"N"},"text":"x"}}'
        ) % (self._numbers, chat)
        if run.delay:
            asyncio.get_running_loop().call_later(run.delay, wire.reply, answer)
        else:
            wire.reply(answer)
        if len(run.latencies) == run.expected:
            run.over.set()

    def _updates(self, wire: "Wire", body: bytes) -> None:
        found = OFFSET.search(body)
        offset = int(found[1]) if found else 0
        while self._queue and self._queue[0][0] < offset:
            self._queue.popleft()
        later = asyncio.get_running_loop().call_later(POLL_SECONDS, self._hand_out)
        self._poll = (wire, later)
        if self._queue:
            self._hand_out()

    def _hand_out(self) -> None:
        if self._poll is None:
            return
        wire, later = self._poll
        self._poll = None
        later.cancel()
        batch = [self._queue[each][1] for each in range(min(LIMIT, len(self._queue)))]
        wire.reply(b'{"ok":true,"result":[' + b",".join(batch) + b"]}")

    async def _carry_out(self, order: dict[str, Any]) -> dict[str, Any]:
        """Queue the updates of a run and wait for the answers, as long as the request says."""
        said: list[tuple[int, str]] = order["said"]
        ready = [(chat, self._update(chat, text)) for chat, text in said]
        run = self.run = Run(order["delay"], len(ready))
        run.began = time.monotonic()
        for place, (chat, update) in enumerate(ready):
            if order["gap"]:
                rest = run.began + place * order["gap"] - time.monotonic()
                await asyncio.sleep(max(rest, 0))
            run.waiting[chat].append(time.monotonic())
            self._queue.append(update)
            if order["gap"]:
                self._hand_out()
        self._hand_out()
        try:
            async with asyncio.timeout(order["patience"]):
                await run.over.wait()
        except TimeoutError:
            pass
        seconds = time.monotonic() - run.began
        await asyncio.sleep(order["quiet"])  # further messages are extra
        return {"seconds": seconds, "latencies": run.latencies, "extra": run.extra}

    def _update(self, chat: int, text: str) -> tuple[int, bytes]:
        self._numbers += 1
        message: dict[str, Any] = {
            "message_id": self._numbers,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private", "first_name": "Sari"},
            "from": {"id": chat, "is_bot": False, "first_name": "Sari", "language_code": "id"},
            "text": text,
        }
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        update = {"update_id": self._numbers, "message": message}
        return self._numbers, json.dumps(update).encode()


class Wire(asyncio.Protocol):
    """A persistent connection, with one request at a time."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._received = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Store the transport of a new connection."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, _: Exception | None) -> None:
        """Drop the transport of a closed connection."""
        self._transport = None

    def data_received(self, data: bytes) -> None:
        """Add a part of a request, and serve the request once it is complete."""
        self._received += data
        head, end, body = self._received.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        if end and len(body) >= (int(length[1]) if length else 0):
            self._received = b""
            self._telegram.asked(self, head.split(b" ", 2)[1], body)

    def reply(self, body: bytes) -> None:
        """Answer the request."""
        if self._transport is not None:
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
            )


async def _serve() -> None:
    telegram = Telegram()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Wire(telegram), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    # The parent process closes the other end of this pipe when it ends.
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve())
