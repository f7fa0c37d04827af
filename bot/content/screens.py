"""What a filled template comes to: a text and its buttons, before Telegram is involved."""

import html
import re
from dataclasses import dataclass
from typing import Literal

__all__ = ["Button", "KeyboardKind", "Reader", "Screen", "read_buttons"]

KeyboardKind = Literal["inline", "reply", "menu", "remove"]

BUTTON = re.compile(r"\[([^\[\]]+)\]\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: decides language, form of address and zone.

    Attributes:
        language: `id` or `en`.
        title: Bapak, Ibu or Kak as chosen; empty before.
        name: the name to use after the title; empty before it is known.
        zone: the person's IANA zone.
    """

    language: str
    title: str = ""
    name: str = ""
    zone: str = "Asia/Jakarta"

    @property
    def you(self) -> str:
        """How to address the reader with the name, as "Ibu Sari"."""
        if self.language == "en":
            return self.name or "you"
        if self.title:
            return f"{self.title} {self.name}".strip()
        return "Anda"

    @property
    def sapa(self) -> str:
        """How to address the reader within a sentence, as "Ibu"; "Kak" wants a name behind it."""
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
    """A message ready to send, but for the addresses of its buttons."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    keyboard: KeyboardKind = "inline"
    placeholder: str = ""

    def answers(self) -> list[Button]:
        """The buttons that answer the open question."""
        special = ("/", "@", "copy:", "https://", "tg://")
        return [b for row in self.rows for b in row if not b.value.startswith(special)]


def read_buttons(rendered: str) -> tuple[tuple[tuple[Button, ...], ...], KeyboardKind]:
    """Read the part of a template below its line `---`."""
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
