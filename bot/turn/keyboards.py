"""How a screen becomes Telegram's reply_markup, and how a button's data is read again.

A button's data is either `<session>:<question number>:<answer>` for the open question, or a
command line such as `/tim 7K3M9QX2 2`, whose right is checked when it is pressed; a `+` in front
of it says that the message it stands under stays as it is. The ways out of a question, such as
`/kembali`, are bound to it like an answer: pressed twice, or long after, they leave what came
later alone. All of it comes back as untrusted text.
"""

import json
from dataclasses import dataclass
from typing import Any

from bot.content import Button, Screen

__all__ = ["CONTROLS", "DATA_BYTES_MAX", "STAYS", "Tap", "markup", "read_tap", "text_payload"]

DATA_BYTES_MAX = 64

STAYS = "+"

CONTROLS = frozenset({"/batal", "/cancel", "/kembali", "/back"})
"""What leaves the open question, or goes back before it."""


@dataclass(frozen=True, slots=True)
class Tap:
    """An answer button that was pressed."""

    session: str
    number: int
    value: str


def read_tap(data: str) -> Tap | None:
    """The pressed answer; None where the data has another form."""
    session, _, rest = data.partition(":")
    number, mark, value = rest.partition(":")
    if not mark or not number.isascii() or not number.isdigit():
        return None
    return Tap(session, int(number), value)


def markup(
    screen: Screen, menu: Screen, address: str, *, lasting: bool = False
) -> dict[str, Any] | None:
    """Telegram's reply_markup for a screen; None where it has no keyboard.

    Args:
        screen: the rendered message.
        menu: the screen whose keys are the menu, for screens that bring it.
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


def _keys(screen: Screen) -> dict[str, Any]:
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


def _button(button: Button, address: str, stay: str) -> dict[str, Any]:
    value = button.value
    if value.startswith(("https://", "tg://")):
        return {"text": button.label, "url": value}
    if value.startswith("copy:"):
        return {"text": button.label, "copy_text": {"text": value.removeprefix("copy:")}}
    bound = not value.startswith("/") or (address and value in CONTROLS)
    data = f"{address}:{value}" if bound else f"{stay}{value}"
    assert len(data.encode()) <= DATA_BYTES_MAX, f"button data too long: {data}"
    return {"text": button.label, "callback_data": data}


def text_payload(screen: Screen, keyboard: dict[str, Any] | None) -> dict[str, Any]:
    """What Telegram gets of a screen that is sent as text."""
    payload: dict[str, Any] = {"text": screen.text, "parse_mode": "HTML"}
    if keyboard is not None:
        payload["reply_markup"] = json.dumps(keyboard, ensure_ascii=False)
    return payload
