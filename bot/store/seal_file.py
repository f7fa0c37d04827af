"""The seal beside the books: it stays when they are deleted, emptied or exchanged."""

import contextlib
import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from bot.store.backup import flush
from bot.store.database import sqlite_file
from bot.store.seals import Seal

__all__ = ["END", "SERVER_FOLDER", "Beside", "place_of", "put_aside", "read", "write"]

END = ".seal"
BYTES_MAX = 4096
SERVER_FOLDER = Path("data")


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the books.

    Attributes:
        file: where.
        seal: of the books that belong there; None where the file cannot be read.
        coming: of the books that a restore is about to put there.
    """

    file: Path
    seal: Seal | None
    coming: Seal | None = None

    @property
    def seals(self) -> tuple[Seal, ...]:
        """All that are taken for the books' own."""
        return tuple(each for each in (self.seal, self.coming) if each is not None)


def place_of(url: str) -> Path:
    """Where the seal of the books at `url` is kept: beside a file, or in the bot's own folder."""
    file = sqlite_file(url)
    if file is not None:
        return file.with_name(f"{file.name}{END}")
    name = (make_url(url).database or "postgresql").replace("/", "_")
    return SERVER_FOLDER / f"{name}{END}"


def read(file: Path) -> Beside | None:
    """The seal in a file; None where there is no such file."""
    try:
        with file.open("rb") as opened:
            said: Any = json.loads(opened.read(BYTES_MAX))
        return Beside(file, _seal(said), _seal(said["coming"]) if said.get("coming") else None)
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Beside(file, None)


def write(file: Path, seal: Seal, coming: Seal | None = None) -> None:
    """Put the seal beside the books; it is on disk when this returns, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    said = _said(seal) | ({"coming": _said(coming)} if coming is not None else {})
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.write(json.dumps(said, indent=1) + "\n")
            opened.flush()
            os.fsync(descriptor)
        part.replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    flush(file.parent)


def put_aside(file: Path, now: datetime) -> None:
    """Have a seal stand for nothing any more, because the books it was made for are given up."""
    if file.exists():
        file.replace(file.with_name(f"{file.name}-{now:%Y%m%d-%H%M%S}-replaced"))
        flush(file.parent)


def _said(seal: Seal) -> dict[str, Any]:
    at = None if seal.sealed_at is None else seal.sealed_at.isoformat()
    return {"seal": seal.token, "bot": seal.bot, "sealed_at": at}


def _seal(said: Any) -> Seal:
    at = said.get("sealed_at")
    bot = said.get("bot")
    token = said["seal"]
    if not isinstance(token, str) or not isinstance(bot, int | None):
        raise TypeError("a seal is a text, a bot is a number")
    return Seal(token, bot, None if at is None else datetime.fromisoformat(at))
