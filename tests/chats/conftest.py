"""Every `.chat` file in this folder is a test; CHATS=write records what the bot really says.

All are played on SQLite, and those that touch every part of the database on PostgreSQL as well.
"""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.blank import blank_database
from tests.chats.play import ChatDiffersError, play_file
from tests.chats.quiet import nothing_of_the_chat_is_logged
from tests.chats.said import PLAYED, SAID

ON_BOTH_ENGINES = {
    "albums",
    "approve",
    "balance",
    "bonus",
    "broadcast_control",
    "bonus_late",
    "bonus_why_ranks",
    "edits",
    "invite",
    "photo_words",
    "register",
    "sell",
    "team",
    "tips",
    "member_cards",
    "pricing",
    "relink",
}


def pytest_collect_file(parent: pytest.Collector, file_path: Path) -> pytest.Collector | None:
    if file_path.suffix == ".chat":
        return ChatFile.from_parent(parent, path=file_path)
    return None


class ChatFile(pytest.File):
    def collect(self) -> Iterator[pytest.Item]:
        stem = self.path.stem
        yield ChatItem.from_parent(self, name=stem, engine="sqlite")
        if stem in ON_BOTH_ENGINES:
            yield ChatItem.from_parent(self, name=f"{stem}@postgresql", engine="postgresql")


class ChatItem(pytest.Item):
    def __init__(self, *, engine: str, **rest: Any) -> None:
        super().__init__(**rest)
        self.engine = engine
        if engine == "postgresql":
            self.add_marker("postgres")

    def runtest(self) -> None:
        rewrite = os.environ.get("CHATS") == "write" and self.engine == "sqlite"
        said = self.session.stash.setdefault(SAID, set())
        self.session.stash.setdefault(PLAYED, set()).add(self.path.name)
        with (
            tempfile.TemporaryDirectory() as name,
            blank_database(self.engine, Path(name)) as url,
            nothing_of_the_chat_is_logged(self.path),
        ):
            asyncio.run(play_file(self.path, Path(name), rewrite=rewrite, filled=said, url=url))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> object:  # type: ignore[override]
        if isinstance(excinfo.value, ChatDiffersError):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"chat {self.path.stem}"
