"""A bot on a sandbox Telegram, in one process, with a company to play in.

Everything goes over real HTTP; only Telegram itself and the clock are replaced.
"""

import asyncio
import contextlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.app import App, Parts
from bot.company import Company, load_company
from bot.company.plan_file import read_plan
from bot.content import Content, Reader, Screen
from bot.core.calendar.periods import period_of
from bot.core.members.codes import make_code
from bot.core.members.provinces import province
from bot.store.db import counters, schema
from bot.store.db.database import open_database, sqlite_file
from bot.store.db.fast_sqlite import sqlite_driver
from bot.store.db.read_only import read_only_engine
from bot.store.members import members, people, roles
from bot.store.queue import inbox
from bot.store.queue.queue_stats import nothing_open
from bot.store.team import sizes
from bot.system.clock import FollowedClock
from bot.telegram_api.rate_limits import Rates
from sandbox.server import Sandbox
from tests.blank import blank_file

SAMPLE = Path(__file__).parents[1] / "company.sample.toml"
PLAN = SAMPLE.with_name("plan.sample.toml")
UNHURRIED = Rates(burst=10_000, per_second=10_000, bulk_per_second=10_000)
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PATIENCE_SECONDS = 60.0
FIRST_USER = 5_001
DATA_VERSION = "PRAGMA data_version"
"""Another number after each commit of another connection."""

BROUGHT_FROM = 1_000_000
"""Numbers of updates and messages that no Telegram of a test ever uses."""

PRICE_LIST = (
    # sku, name, member price, retail price, points, category
    ("SABUN", "Sabun Sereh", 40_000, 50_000, 5, "perawatan"),
    ("TEH", "Teh Hijau", 20_000, 25_000, 3, "minuman"),
    ("MADU250", "Madu Hutan 250 g", 70_000, 85_000, 9, "pangan"),
    ("MADU500", "Madu Hutan 500 g", 125_000, 150_000, 16, "pangan"),
    ("KOPI", "Kopi Jahe", 28_000, 35_000, 4, "minuman"),
    ("MINYAK", "Minyak Kayu Putih", 32_000, 40_000, 4, "perawatan"),
    ("SAMPO", "Sampo Lidah Buaya", 36_000, 45_000, 5, "perawatan"),
    ("SERUM", "Serum Wajah", 96_000, 120_000, 14, "perawatan"),
)


@dataclass(frozen=True)
class Given:
    """A member from the start; `sponsor` is a person's name or empty."""

    name: str
    title: str = "Ibu"
    sponsor: str = ""
    province: str = "sulawesi-selatan"
    language: str = "id"
    joined: datetime = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
    roles: tuple[str, ...] = ()


class Stage:
    """One company, its people, a sandbox and a bot that can be stopped and started again."""

    def __init__(
        self,
        folder: Path,
        given: list[Given],
        company: Company | None = None,
        url: str | None = None,
    ) -> None:
        """`url` names an existing but empty database; without it a new file is made."""
        self.folder = folder
        self.given = given
        self.company = company or with_plan(load_company(SAMPLE))
        self.users: dict[str, int] = {}
        self.said: set[str] = set()
        self.url = url or f"sqlite+aiosqlite:///{folder / 'books.db'}"
        self._filled = url is not None
        self.clock_start, self.clock_by = START, FollowedClock
        self.more: dict[str, Any] = {}
        self._brought = 0
        for one in given:
            self.user(one.name.split()[0])
        self._app: App | None = None
        self._run: asyncio.Task[None] | None = None
        self._peep: Connection | None = None
        self._busy_at: tuple[Any, datetime] | None = None
        self._stack = contextlib.AsyncExitStack()
        self._running = contextlib.AsyncExitStack()

    def user(self, name: str) -> int:
        """Returns the Telegram account of a person, made when first named."""
        return self.users.setdefault(name, FIRST_USER + len(self.users))

    def code(self, name: str) -> str:
        """Returns the sponsor code of a member from the start."""
        return make_code(self.user(name) * 7_919)

    async def __aenter__(self) -> Self:
        try:
            await self._set_up()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def _set_up(self) -> None:
        people_file = [self._introduction(name, number) for name, number in self.users.items()]
        self.telegram = await self._stack.enter_async_context(Sandbox(people_file, flood=False))
        await self.telegram.move_clock(self.clock_start, freeze=True)
        if not self._filled:
            await asyncio.to_thread(blank_file, self.folder)
        database = open_database(self.url)
        try:
            await database.write(self._found)
        finally:
            await database.close()
        file = sqlite_file(self.url)
        self._peep = None if file is None else read_only_engine(file).connect()
        await self.start()
        await self._dressed()

    async def _dressed(self) -> None:
        """Wait until Telegram knows the bot's commands, so that no test finds them half set."""
        known = partial(counters.read, name=f"shopfront of {self.telegram.world.bot.id}")
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await self.read(known):
                await asyncio.sleep(0.005)

    async def __aexit__(self, *_: object) -> None:
        try:
            await self.stop()
        finally:
            if self._peep is not None:
                self._peep.close()
            await self._stack.aclose()

    async def start(self) -> None:
        """Start the bot on the database in its present state."""
        self.clock = self.clock_by(f"{self.telegram.url}/clock")
        self._running.push_async_callback(self.clock.close)
        await self.clock.start()
        parts = Parts(
            token=self.telegram.token,
            api_url=self.telegram.url,
            database_url=self.url,
            company=self.company,
            clock=self.clock,
            rates=UNHURRIED,
            **self.more,
        )
        self._app = await self._running.enter_async_context(App(parts))
        self._listen(self._app.runtime.content)
        self._run = asyncio.create_task(self._app.run())

    def _listen(self, content: Content) -> None:
        """Note which templates are filled from now on."""
        fill = content.fill

        def noted(path: str, facts: dict[str, object], reader: Reader) -> Screen:
            self.said.add(path)
            return fill(path, facts, reader)

        content.fill = noted  # type: ignore[method-assign]

    async def stop(self) -> None:
        """Stop the bot."""
        run, self._app, self._run = self._run, None, None
        failed = run is not None and run.done()
        if run is not None:
            run.cancel()
            await asyncio.wait([run])
        await self._running.aclose()
        assert not failed, f"the bot stopped by itself: {run}"

    @property
    def app(self) -> App:
        """The running bot."""
        assert self._app is not None, "the bot is stopped"
        return self._app

    async def settle(self) -> None:
        """Wait until everything is handled and answered."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                if self._run is not None and self._run.done():
                    self._run.result()
                pending = self.telegram.views.confirmed()["pending"]
                if pending == 0 and await self._idle():
                    return
                await asyncio.sleep(0.002)

    async def _idle(self) -> bool:
        """Returns the same as `App.idle`, read from a SQLite file without a thread in between."""
        if self._peep is None:
            return await self.app.idle()
        conn, now = self._peep, self.clock.now()
        driver = sqlite_driver(conn)
        # As long as nobody writes, the answer stays the same.
        if (driver.execute(DATA_VERSION).fetchone(), now) == self._busy_at:
            return False
        with conn.begin():
            seen = driver.execute(DATA_VERSION).fetchone(), now
            idle = nothing_open(conn, now)
        self._busy_at = None if idle else seen
        return idle

    async def move_clock(self, moment: datetime) -> None:
        """Set the clock and let what is due then happen."""
        await self.telegram.move_clock(moment)
        await self.app.scheduler.settled()
        await self.app.scheduler.tick()
        await self.settle()
        # The send results may cause further notices.
        await self.app.scheduler.tick()
        await self.settle()

    async def read(self, work: Any) -> Any:
        """Read the database."""
        return await self.app.database.read(work)

    async def write(self, work: Any) -> Any:
        """Change the database behind the bot's back."""
        return await self.app.database.write(work)

    async def bring(self, who: str, lines: Sequence[str]) -> None:
        """Put lines of a person into the inbox, as if Telegram had brought all of them at once."""
        chat, bot = self.user(who), self.telegram.world.bot.id
        first = BROUGHT_FROM + self._brought
        self._brought += len(lines)
        rows = [
            (first + place, f"chat {chat}", _update(first + place, chat, who, words))
            for place, words in enumerate(lines)
        ]

        def unit(conn: Connection) -> None:
            inbox.store(conn, bot, rows, inbox.next_offset(conn, bot), self.clock.now())

        await self.write(unit)
        self.app.worker.wake()

    def _introduction(self, name: str, number: int) -> dict[str, Any]:
        return {
            "id": number,
            "first_name": name,
            "phone": f"+62812{number:08d}",
            "language_code": "id",
            "started": any(one.name.split()[0] == name for one in self.given),
        }

    def newcomer(self, name: str) -> int:
        """Add a person who has not written to the bot yet."""
        known = name in self.users
        number = self.user(name)
        if not known:
            self.telegram.world.add_people([self._introduction(name, number)])
        return number

    def _found(self, conn: Connection) -> None:
        """Fill the database: a price list and the given members, as if they had joined."""
        for row in PRICE_LIST:
            _list(conn, *row)
        ids: dict[str, int] = {}
        for one in self.given:
            short = one.name.split()[0]
            user_id = self.user(short)
            people.meet(conn, user_id, one.language, one.joined)
            for role in one.roles:
                roles.grant(conn, user_id, role, by=None, at=one.joined)
            if not one.sponsor:
                continue
            place = province(one.province)
            sponsor_id = ids.get(one.sponsor)
            ids[short] = members.add(
                conn,
                consents=(),
                reference=f"given-{short}",
                user_id=user_id,
                code=self.code(short),
                sponsor_id=sponsor_id,
                name=one.name,
                title=one.title,
                phone=f"+62812{user_id:08d}",
                phone_verified=True,
                province=place.slug,
                zone=place.zone,
                birth_year=1978,
                joined_at=one.joined,
            )
            period = period_of(one.joined, self.company.time_zone)
            sizes.joined(conn, ids[short], sponsor_id, period)
            members.start_tips(conn, ids[short], "09:00", datetime(2027, 1, 1, tzinfo=UTC))


def _update(number: int, chat: int, name: str, words: str) -> str:
    """An update with a line that a person wrote."""
    message = {
        "message_id": number,
        "date": int(START.timestamp()),
        "chat": {"id": chat, "type": "private", "first_name": name},
        "from": {"id": chat, "is_bot": False, "first_name": name},
        "text": words,
    }
    if words.startswith("/"):
        length = len(words.split(maxsplit=1)[0])
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    return json.dumps({"update_id": number, "message": message})


def _list(
    conn: Connection,
    sku: str,
    name: str,
    member_price: int,
    retail_price: int,
    points: int,
    category: str,
) -> None:
    """One row of the price list."""
    facts = {
        "sku": sku,
        "name": name,
        "member_price": member_price,
        "retail_price": retail_price,
        "points": points,
        "bonus_value": member_price,
        "category": category,
    }
    conn.execute(schema.products.insert(), facts)


def with_plan(company: Company, file: Path = PLAN) -> Company:
    """The company with the plan of the sample, or of another file."""
    plan, faults = read_plan(file, company.languages)
    assert not faults, faults
    return replace(company, plan=plan)


def moment(text: str) -> datetime:
    """`2026-11-23 09:00 WIB` as a moment."""
    zones = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
    day, clock, zone = text.split()
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(zones[zone]))
