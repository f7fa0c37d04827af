"""Buttons under messages and keys under the input, judged beyond the schema."""

import json
from typing import Any

from sandbox.links import link_of
from sandbox.refusals import violation
from sandbox.state import Json

ROW_MAX = 12
BUTTONS_MAX = 300
INLINE_BUTTONS_MAX = 100
MARKUP_BYTES_MAX = 10 * 1024
COPY_TEXT_MAX = 256
# Of several actions on one button the first of these counts.
ACTIONS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "login_url",
    "web_app",
    "copy_text",
    "disabled",
)
TOO_LONG = "reply markup is too long"


def inline_keyboard(markup: Any, notes: list[str]) -> Json | None:
    """The inline keyboard of a request; None for none or an empty one.

    What Telegram cuts off in silence is said in the notes.
    """
    if not markup or "inline_keyboard" not in markup:
        return None
    rows = _cut(markup["inline_keyboard"], notes)
    rows = [[_judged(button, notes) for button in row] for row in rows]
    if sum(map(len, rows)) > INLINE_BUTTONS_MAX:
        raise violation(TOO_LONG)
    kept = {"inline_keyboard": rows}
    _refuse_long(kept)
    return kept if rows else None


def _judged(button: Json, notes: list[str]) -> Json:
    actions = [name for name in ACTIONS if button.get(name) is not None]
    if not actions:
        raise violation(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        notes.append(f"sandbox: of {', '.join(actions)} on one button only the first counts")
        button = {name: value for name, value in button.items() if name not in actions[1:]}
    copied = button.get("copy_text")
    if copied and not 1 <= len(copied["text"]) <= COPY_TEXT_MAX:
        raise violation("BUTTON_COPY_TEXT_INVALID")
    url = button.get("url")
    if url is not None and link_of(url) is None:
        raise violation(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return button


def reply_keyboard(markup: Json, notes: list[str]) -> Json:
    """A keyboard of keys, each key an object."""
    rows = [[dict(key) for key in row] for row in _cut(markup["keyboard"], notes)]
    if not rows:
        raise violation("sandbox: a reply keyboard needs at least one key")
    kept = {**markup, "keyboard": rows}
    _refuse_long(kept)
    return kept


def _cut(rows: list[list[Json]], notes: list[str]) -> list[list[Json]]:
    """Buttons without words are left out, and those beyond the limits cut off."""
    left, kept = BUTTONS_MAX, []
    for row in rows:
        worded = [button for button in row if button["text"].strip()]
        shown = worded[: min(ROW_MAX, left)]
        left -= len(shown)
        if len(worded) < len(row):
            notes.append("sandbox: a button without words is left out")
        if len(shown) < len(worded):
            notes.append(f"sandbox: {len(worded) - len(shown)} buttons of a row are cut off")
        if shown:
            kept.append(shown)
    return kept


def _refuse_long(markup: Json) -> None:
    if len(json.dumps(markup, ensure_ascii=False).encode()) > MARKUP_BYTES_MAX:
        raise violation(TOO_LONG)


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
