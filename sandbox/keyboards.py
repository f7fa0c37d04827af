"""Buttons under messages and keys under the input, judged beyond the schema."""

import re
from typing import Any

from sandbox.refusals import violation
from sandbox.state import Json

BUTTONS_MAX = 100
COPY_TEXT_MAX = 256
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
    "disabled",
)
_URL = re.compile(r"(?:https?://|tg://|(?:www\.)?[\w-]+(?:\.[\w-]+)+)\S+", re.IGNORECASE)


def inline_keyboard(markup: Any) -> Json | None:
    """The inline keyboard of a request; None for none or an empty one."""
    if not markup or "inline_keyboard" not in markup:
        return None
    rows = [row for row in markup["inline_keyboard"] if row]
    for row in rows:
        for button in row:
            _judge_button(button)
    if sum(map(len, rows)) > BUTTONS_MAX:
        raise violation("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def _judge_button(button: Json) -> None:
    if not button["text"].strip():
        raise violation("inline keyboard button text must be non-empty")
    actions = [name for name in ACTIONS if button.get(name) is not None]
    if not actions:
        raise violation(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise violation(
            "can't parse inline keyboard button: sandbox: "
            f"exactly one action per button, got {', '.join(actions)}"
        )
    copied = button.get("copy_text")
    if copied and not 1 <= len(copied["text"]) <= COPY_TEXT_MAX:
        raise violation("BUTTON_COPY_TEXT_INVALID")
    url = button.get("url")
    if url is not None and not _URL.fullmatch(url):
        raise violation(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def reply_keyboard(markup: Json) -> Json:
    """A keyboard of keys, each key an object."""
    rows = [[_key(key) for key in row] for row in markup["keyboard"] if row]
    if not rows:
        raise violation("sandbox: a reply keyboard needs at least one key")
    return {**markup, "keyboard": rows}


def _key(key: Any) -> Json:
    if not key["text"].strip():
        raise violation("keyboard button text must be non-empty")
    return dict(key)


def find_button(markup: Json | None, data: Any, label: Any) -> Json | None:
    """The inline button with this data or this label."""
    for row in (markup or {}).get("inline_keyboard", []):
        for button in row:
            by_data = data is not None and button.get("callback_data") == data
            if by_data or (data is None and button["text"] == label):
                found: Json = button
                return found
    return None


def find_key(keyboard: Json | None, label: Any) -> Json | None:
    """The key with this label."""
    for row in (keyboard or {}).get("keyboard", []):
        for key in row:
            if key["text"] == label:
                found: Json = key
                return found
    return None
