"""Every `.chat` file in this folder is a test; CHATS=write writes what the bot really says."""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chats.play import ChatDiffers, play_file


def pytest_collect_file(parent: pytest.Collector, file_path: Path) -> pytest.Collector | None:
    if file_path.suffix == ".chat":
        return ChatFile.from_parent(parent, path=file_path)
    return None


class ChatFile(pytest.File):
    def collect(self) -> Iterator[pytest.Item]:
        yield ChatItem.from_parent(self, name=self.path.stem)


class ChatItem(pytest.Item):
    def runtest(self) -> None:
        rewrite = os.environ.get("CHATS") == "write"
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(play_file(self.path, Path(folder), rewrite=rewrite))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> object:  # type: ignore[override]
        if isinstance(excinfo.value, ChatDiffers):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"chat {self.path.stem}"
