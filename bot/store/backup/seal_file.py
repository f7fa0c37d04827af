"""The seal beside the database: it stays when the database is deleted, emptied or replaced."""

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.store.backup.backup import flush
from bot.store.backup.seals import Seal
from bot.store.db.database import sqlite_file
from bot.system.number_keys import KEY_SUFFIX

__all__ = [
    "SERVER_FOLDER",
    "SUFFIX",
    "SealFile",
    "key_beside",
    "path_for",
    "read",
    "retire",
    "write",
]

SUFFIX = ".seal"
BYTES_MAX = 4096
SERVER_FOLDER = Path("data")


@dataclass(frozen=True, slots=True)
class SealFile:
    """The content of the seal file beside a database.

    Attributes:
        file: its path.
        seal: of the database that belongs there; None where the file is unreadable.
        coming: of the database that a restore is about to put there.
    """

    file: Path
    seal: Seal | None
    coming: Seal | None = None

    @property
    def seals(self) -> tuple[Seal, ...]:
        """The seals of databases that are accepted in this place."""
        return tuple(each for each in (self.seal, self.coming) if each is not None)


def path_for(url: str) -> Path:
    """Returns the seal file of the database at `url`: beside a file, or in the bot's folder."""
    file = sqlite_file(url)
    if file is not None:
        return file.with_name(f"{file.name}{SUFFIX}")
    name = (make_url(url).database or "postgresql").replace("/", "_")
    return SERVER_FOLDER / f"{name}{SUFFIX}"


def key_beside(url: str) -> Path:
    """Returns the file with the key of customers' numbers: beside the seal."""
    seal = path_for(url)
    return seal.with_name(f"{seal.name.removesuffix(SUFFIX)}{KEY_SUFFIX}")


def read(file: Path) -> SealFile | None:
    """Returns what a seal file says; None where there is no such file."""
    try:
        with file.open("rb") as opened:
            stored = _facts(json.loads(opened.read(BYTES_MAX)))
        coming = stored.get("coming")
        return SealFile(file, _seal(stored), _seal(_facts(coming)) if coming else None)
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError, RecursionError):
        return SealFile(file, None)


def write(file: Path, seal: Seal, coming: Seal | None = None) -> None:
    """Write the seal beside the database; it is on disk when this returns, complete or absent."""
    file.parent.mkdir(parents=True, exist_ok=True)
    stored: dict[str, object] = {**_stored(seal)}
    if coming is not None:
        stored["coming"] = _stored(coming)
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.write(json.dumps(stored, indent=1) + "\n")
            opened.flush()
            os.fsync(descriptor)
        part.replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    flush(file.parent)


def retire(file: Path, now: datetime) -> None:
    """Rename the seal file, so that it no longer guards the database, which is given up."""
    if file.exists():
        file.replace(file.with_name(f"{file.name}-{now:%Y%m%d-%H%M%S}-replaced"))
        flush(file.parent)


def _stored(seal: Seal) -> dict[str, str | int | None]:
    at = None if seal.sealed_at is None else seal.sealed_at.isoformat()
    return {"seal": seal.token, "bot": seal.bot, "sealed_at": at}


def _facts(stored: object) -> dict[str, object]:
    if not isinstance(stored, dict):
        raise TypeError("a seal file holds an object")
    return stored


def _seal(facts: Mapping[str, object]) -> Seal:
    token, bot, at = facts["seal"], facts.get("bot"), facts.get("sealed_at")
    if not isinstance(token, str) or not isinstance(bot, int | None):
        raise TypeError("a seal is a text, a bot is a number")
    if not isinstance(at, str | None):
        raise TypeError("the time of a seal is a text")
    return Seal(token, bot, None if at is None else datetime.fromisoformat(at))
