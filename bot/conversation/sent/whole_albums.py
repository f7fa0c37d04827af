"""Puts an album together from those of its parts that have arrived by now."""

import json
from dataclasses import dataclass, replace
from typing import Final, Literal

from sqlalchemy import Connection

from bot.core.conversation.replay import EnclosedFile
from bot.store.conversation import flood_control
from bot.turn.incoming import Incoming

__all__ = ["whole_album"]

PARTS_MAX: Final = 12
"""Telegram lets at most ten files be sent together."""


@dataclass(frozen=True, slots=True)
class Part:
    """One message of the album."""

    number: int
    file: EnclosedFile | None
    words: str


def whole_album(conn: Connection, incoming: Incoming) -> Incoming:
    """Returns the part that has the words, with the first file of the album.

    Parts may come in any order; those that have not arrived are not waited for.
    """
    parts = [Part(incoming.message_id or 0, incoming.file, incoming.text)]
    for row in flood_control.behind(conn, incoming.row, PARTS_MAX):
        part = _part(row.body, incoming.album)
        if part is not None:
            parts.append(part)
    parts.sort(key=lambda part: part.number)
    worded = next((part for part in parts if part.words.strip()), parts[0])
    whole = replace(incoming, message_id=worded.number, text=worded.words)
    file = next((part.file for part in parts if part.file is not None), None)
    if file is None:
        return whole
    return replace(whole, kind=file.kind, file_id=file.file_id, file_key=file.file_key)


def _part(body: str, album: str) -> Part | None:
    """Returns what a waiting update has of the album; None if it is no part of it."""
    message = json.loads(body).get("message")
    if not isinstance(message, dict) or message.get("media_group_id") != album:
        return None
    return Part(message["message_id"], _file(message), message.get("caption") or "")


def _file(message: dict[str, object]) -> EnclosedFile | None:
    sizes, document = message.get("photo"), message.get("document")
    kind: Literal["photo", "document"] = "photo" if isinstance(sizes, list) else "document"
    found = sizes[-1] if isinstance(sizes, list) and sizes else document
    if not isinstance(found, dict):
        return None
    return EnclosedFile(found["file_id"], found["file_unique_id"], kind)
