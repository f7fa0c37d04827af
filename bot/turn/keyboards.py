"""Turns a screen into Telegram's reply_markup, and reads a pressed button's data.

A button's data is either `<session>:<question number>:<answer>` for the open question, or a
command line such as `/tim 7K3M9QX2 2`, whose permission is checked when it is pressed. A `+`
before the command line means that the message above the button stays unchanged. The controls of
a question, such as `/kembali`, are bound to it like an answer, so that a second or a late press
does not affect a later question. All of it comes back from Telegram as untrusted text.
"""

import json
from dataclasses import dataclass
from typing import TypeAlias

from bot.content import Button, Screen

__all__ = [
    "CONTROLS",
    "DATA_BYTES_MAX",
    "STAYS",
    "KeyboardPayload",
    "Markup",
    "Tap",
    "markup",
    "read_tap",
    "text_payload",
]

Markup: TypeAlias = dict[str, object]
"""A reply_markup, as the JSON that Telegram expects; only ever serialised."""

KeyboardPayload: TypeAlias = dict[str, object]
"""The arguments of a Bot API method; the outbox stores them as JSON."""

DATA_BYTES_MAX = 64

STAYS = "+"

CONTROLS = frozenset({"/batal", "/cancel", "/kembali", "/back"})
"""Commands that leave the open question, or go back to the one before it."""


@dataclass(frozen=True, slots=True)
class Tap:
    """A pressed answer button."""

    session: str
    number: int
    value: str


def read_tap(data: str) -> Tap | None:
    """Returns the pressed answer; None where the data has another form."""
    session, _, rest = data.partition(":")
    number, colon, value = rest.partition(":")
    if not colon or not number.isascii() or not number.isdigit():
        return None
    return Tap(session, int(number), value)


def markup(screen: Screen, menu: Screen, address: str, *, lasting: bool = False) -> Markup | None:
    """Returns Telegram's reply_markup for a screen; None where it has no keyboard.

    Args:
        screen: the rendered message.
        menu: the screen whose keys are the menu, for screens that show it.
        address: `<session>:<number>` of the open question, for its answer buttons.
        lasting: whether the message stays when one of its command buttons is pressed.
    """
    if screen.keyboard == "remove":
        return {"remove_keyboard": True}
    if screen.keyboard == "menu":
        return {**_keys(menu), "is_persistent": True}
    if screen.keyboard == "reply":
        return {**_keys(screen), "one_time_keyboard": True}
    if not screen.rows:
        return None
    stay = STAYS if lasting else ""
    return {"inline_keyboard": [[_button(b, address, stay) for b in row] for row in screen.rows]}


def _keys(screen: Screen) -> Markup:
    rows = [
        [
            {"text": b.label, "request_contact": True}
            if b.value == "@contact"
            else {"text": b.label}
            for b in row
        ]
        for row in screen.rows
    ]
    return {"keyboard": rows, "resize_keyboard": True}


def _button(button: Button, address: str, stay: str) -> Markup:
    value = button.value
    if value.startswith(("https://", "tg://")):
        return {"text": button.label, "url": value}
    if value.startswith("copy:"):
        return {"text": button.label, "copy_text": {"text": value.removeprefix("copy:")}}
    bound = not value.startswith("/") or (address and value in CONTROLS)
    data = f"{address}:{value}" if bound else f"{stay}{value}"
    assert len(data.encode()) <= DATA_BYTES_MAX, f"button data too long: {data}"
    return {"text": button.label, "callback_data": data}


def text_payload(screen: Screen, keyboard: Markup | None) -> KeyboardPayload:
    """Returns the payload that sends a screen as text."""
    payload: KeyboardPayload = {"text": screen.text, "parse_mode": "HTML"}
    if keyboard is not None:
        payload["reply_markup"] = json.dumps(keyboard, ensure_ascii=False)
    return payload
