"""Drives the services as people at their phones would: typed text in, messages out.

Telegram and the network are left out; the database is real.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.company import load_company
from bot.content import Content
from bot.conversation.registry import FLOWS
from bot.conversation.router import handle
from bot.store.db.database import Database, open_database
from bot.store.queue import inbox
from bot.turn.incoming import Incoming, IncomingKind
from bot.turn.runtime import BotRuntime
from tests.blank import lay_out

ROOT = Path(__file__).parents[2]
MORNING = datetime(2026, 11, 22, 2, tzinfo=UTC)


@dataclass
class Harness:
    """The bot without Telegram, and the time on its clock."""

    runtime: BotRuntime
    at: datetime = MORNING
    row: int = 0
    chances: Iterator[int] = field(default_factory=lambda: iter(range(7, 10**9, 10**6)))

    async def say(self, user: int, words: str) -> None:
        """Type something."""
        await self._handle(user, "text", words)

    async def share(self, user: int, number: str, *, own: bool = True) -> None:
        """Share a contact."""
        await self._handle(user, "contact", number, own=own)

    async def photo(self, user: int, key: str = "") -> None:
        """Send a picture; `key` is the same for the same picture."""
        await self._handle(user, "photo", "", key=key)

    async def tap(self, user: int, label: str) -> None:
        """Press the newest button with this label."""
        for _, payload in reversed(await self.read(user)):
            for button in buttons(payload):
                if button["text"] == label:
                    await self._handle(user, "tap", button["callback_data"])
                    return
        raise AssertionError(f"no button {label!r} in {await self.last(user)}")

    async def last(self, user: int) -> str:
        """Returns the newest text or caption, with the labels of its buttons."""
        _, payload = (await self.read(user))[-1]
        labels = "".join(f" [{button['text']}]" for button in buttons(payload))
        return f"{payload.get('text') or payload.get('caption')}{labels}"

    async def read(self, user: int) -> list[tuple[str, dict[str, Any]]]:
        """Returns everything sent to this person but the toasts."""
        query = "SELECT method, payload FROM outbox WHERE chat_id = :user ORDER BY id"
        rows = await self.rows(query, user=user)
        sent = [(method, json.loads(payload)) for method, payload in rows]
        return [
            each for each in sent if each[0] in {"sendMessage", "editMessageText", "sendPhoto"}
        ]

    async def rows(self, query: str, **values: object) -> list[Any]:
        """Returns the rows of a query."""
        return await self.runtime.database.read(
            lambda conn: list(conn.execute(text(query), values))
        )

    async def _handle(
        self, user: int, kind: IncomingKind, words: str, *, own: bool = False, key: str = ""
    ) -> None:
        self.at += timedelta(seconds=5)
        self.row += 1
        update = [(self.row, str(user), "{}")]
        await self.runtime.database.write(
            lambda conn: inbox.store(conn, 1, update, self.row + 1, self.at)
        )
        incoming = Incoming(
            self.row,
            kind,
            user,
            user,
            private=True,
            text=words,
            at=self.at,
            message_id=1,
            tap_id="t",
            own=own,
            file_id=f"{key}-{self.row}" if key else "",
            file_key=key,
        )
        assert await handle(self.runtime, incoming)


def buttons(payload: dict[str, Any]) -> list[dict[str, Any]]:
    """Returns all inline buttons of a message."""
    markup = json.loads(payload.get("reply_markup") or "{}")
    return [button for row in markup.get("inline_keyboard", []) for button in row]


async def open_harness(url: str) -> tuple[Harness, Database]:
    """Open a company that has just begun."""
    await lay_out(url)
    database = open_database(url)
    company = load_company(ROOT / "company.sample.toml")
    content = Content(FLOWS, company=company.name, office=company.office_contact)
    harness = Harness(
        BotRuntime(database, content, company, "jualdulu_bot", lambda: next(harness.chances))
    )
    return harness, database
