"""Rendered messages: a text and its buttons, before Telegram is involved."""

import html
import re
from dataclasses import dataclass
from typing import Literal

__all__ = ["CALLED", "Button", "KeyboardKind", "Reader", "Screen", "read_buttons"]

KeyboardKind = Literal["inline", "reply", "menu", "remove"]

CALLED = {"Ibu": "Bu", "Bapak": "Pak"}
"""How a title is said before a name."""

BUTTON = re.compile(r"\[([^\[\]]+)\]\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader of a message, who decides its language, form of address and time zone.

    Attributes:
        language: `id` or `en`.
        title: Bapak, Ibu or Kak as chosen; empty until then.
        name: the name to use after the title; empty until it is known.
        zone: the person's IANA zone.
        office: whether this is an admin who is no member.
    """

    language: str
    title: str = ""
    name: str = ""
    zone: str = "Asia/Jakarta"
    office: bool = False

    @property
    def you(self) -> str:
        """How to call the reader by name, as "Bu Sari"."""
        if self.language == "en":
            return self.name or "you"
        if self.title:
            return f"{CALLED.get(self.title, self.title)} {self.name}".strip()
        return "Anda"

    @property
    def sapa(self) -> str:
        """How to address the reader within a sentence, as "Ibu", or "Kakak" for Kak."""
        if self.language != "id":
            return "you"
        return "Kakak" if self.title == "Kak" else self.title or "Anda"


@dataclass(frozen=True, slots=True)
class Button:
    """One button: its label, and the answer that it gives."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Screen:
    """A rendered message; its answer buttons do not have the address of the question yet."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    keyboard: KeyboardKind = "inline"

    def answers(self) -> list[Button]:
        """Returns the buttons that answer the open question."""
        special = ("/", "@", "copy:", "https://", "tg://")
        return [b for row in self.rows for b in row if not b.value.startswith(special)]


def read_buttons(rendered: str) -> tuple[tuple[tuple[Button, ...], ...], KeyboardKind]:
    """Returns the buttons and the kind of keyboard of the part below the line `---`."""
    rows: list[tuple[Button, ...]] = []
    keyboard: KeyboardKind = "inline"
    for line in rendered.splitlines():
        if line.strip() == "@menu":
            keyboard = "menu"
        elif line.strip() == "@remove":
            keyboard = "remove"
        elif line.strip():
            found = [
                Button(html.unescape(label).strip(), html.unescape(value))
                for label, value in BUTTON.findall(line)
            ]
            assert found, f"no button can be read in {line!r}"
            rows.append(tuple(found))
    if any(button.value in {"@text", "@contact"} for row in rows for button in row):
        keyboard = "reply"
    return tuple(rows), keyboard
