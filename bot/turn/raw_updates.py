"""Reads the raw JSON of a stored update, for updates that could not be handled."""

import json

from bot.flows.office.dead_letter_cards import UpdateKind

__all__ = ["is_message", "kind_of_update", "private_chat"]


def private_chat(body: str) -> int | None:
    """Returns the private chat that an update came from, if it can be read."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    for part in update.values() if isinstance(update, dict) else ():
        if isinstance(part, dict):
            message = part.get("message")
            for place in (part, message if isinstance(message, dict) else {}):
                chat = place.get("chat")
                if isinstance(chat, dict) and chat.get("type") == "private":
                    number = chat.get("id")
                    return number if isinstance(number, int) else None
    return None


def is_message(body: str) -> bool:
    """Returns whether the update is something a person wrote or sent, not a pressed button."""
    try:
        return "message" in json.loads(body)
    except (ValueError, TypeError, RecursionError):
        return False


def kind_of_update(body: str) -> UpdateKind:
    """Returns what kind of update it was, without looking at its text."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return "other"
    if not isinstance(update, dict):
        return "other"
    if "callback_query" in update:
        return "tap"
    message = update.get("message")
    kinds: tuple[UpdateKind, ...] = ("contact", "photo", "document", "text")
    if isinstance(message, dict):
        return next((kind for kind in kinds if kind in message), "other")
    return "other"
