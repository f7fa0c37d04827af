"""What can be told of a stored update from its raw JSON, when nobody could make sense of it."""

import json
from typing import Any

from bot.flows.office.set_aside import Sort

__all__ = ["is_message", "private_chat", "sort_of"]


def private_chat(body: str) -> int | None:
    """Whose private chat the update came from, as far as that can be read."""
    try:
        update: dict[str, Any] = json.loads(body)
    except (ValueError, RecursionError):
        return None
    for part in update.values():
        if isinstance(part, dict):
            message = part.get("message")
            for place in (part, message if isinstance(message, dict) else {}):
                chat = place.get("chat")
                if isinstance(chat, dict) and chat.get("type") == "private":
                    number = chat.get("id")
                    return number if isinstance(number, int) else None
    return None


def is_message(body: str) -> bool:
    """Whether it was something that a person wrote or sent, and no press of a button."""
    try:
        return "message" in json.loads(body)
    except (ValueError, TypeError, RecursionError):
        return False


def sort_of(body: str) -> Sort:
    """What an update was, without looking at what was said in it."""
    try:
        update: dict[str, Any] = json.loads(body)
    except (ValueError, RecursionError):
        return "other"
    if "callback_query" in update:
        return "tap"
    message = update.get("message")
    kinds: tuple[Sort, ...] = ("contact", "photo", "document", "text")
    if isinstance(message, dict):
        return next((kind for kind in kinds if kind in message), "other")
    return "other"
