"""A copy of the stored database, migrated to the schema of today."""

import asyncio
import sqlite3
import tempfile
from functools import cache
from pathlib import Path
from random import Random

from bot.company import load_company
from bot.content import Content
from bot.conversation.registry import FLOWS
from bot.store.db.database import open_database
from bot.store.db.migrations import migrate
from bot.turn.runtime import BotRuntime
from tests.services.harness import Harness
from tests.stage import SAMPLE, with_plan
from tests.upgrade.people import END

__all__ = ["copy_of_database", "open_harness_on"]

STORED = Path(__file__).with_name("books.sql")


def copy_of_database(folder: Path) -> str:
    """Puts a copy into this folder and returns its address."""
    file = folder / "books.db"
    file.write_bytes(_migrated())
    return f"sqlite+aiosqlite:///{file}"


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory(prefix="stored-") as folder:
        file = Path(folder) / "books.db"
        books = sqlite3.connect(file)
        books.executescript(STORED.read_text("utf-8"))
        books.close()
        asyncio.run(migrate(f"sqlite+aiosqlite:///{file}"))
        return file.read_bytes()


async def open_harness_on(url: str) -> Harness:
    """The harness of the same company, a minute later, under the code of today."""
    database = open_database(url)
    company = with_plan(load_company(SAMPLE))
    content = Content(company=company.name, office=company.office_contact, flows=FLOWS)
    chances = Random(5)
    harness = Harness(
        BotRuntime(database, content, company, "jualdulu_bot", lambda: chances.getrandbits(128)),
        END,
    )
    ((harness.row,),) = await harness.rows("SELECT max(id) FROM inbox")
    return harness
