"""Tells what somebody means by a message: what stands on a button, typed, counts as its tap."""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Answer
from bot.turn.turn import Turn

__all__ = ["menu_command", "read_answer", "same_label"]

MINUS = re.compile(r"(?<!\S)[-−](?=\d)")
SIGNS = re.compile(r"[^\w\s]")
KEPT_MAX = 1_000
LABEL_CHARACTERS_MAX = 256


def menu_command(turn: Turn, text: str) -> tuple[str, str] | None:
    """The command behind a key of the menu, in either language."""
    for language in turn.company.languages:
        for row in turn.content.menu(language).rows:
            for button in row:
                if same_label(button.label, text):
                    return button.value.removeprefix("/"), ""
    return None


def read_answer(turn: Turn, question: Message) -> Answer:
    """What was heard as an answer; a typed label of a button counts as its tap."""
    incoming = turn.incoming
    if incoming.kind == "text":
        for language in turn.company.languages:
            reader = replace(turn.reader, language=language)
            for button in turn.content.answers(question, reader):
                if same_label(button.label, incoming.text):
                    return Answer("tap", button.value, turn.now)
        return Answer("text", incoming.text, turn.now)
    if incoming.kind == "contact":
        return Answer("contact", incoming.text, turn.now, own=incoming.own)
    kind: Literal["photo", "document"] = "photo" if incoming.kind == "photo" else "document"
    return Answer(kind, incoming.file_id, turn.now, note=incoming.file_key)


def same_label(label: str, typed: str) -> bool:
    """Whether a typed text is this label, give or take case, emoji and signs."""
    return len(typed) <= LABEL_CHARACTERS_MAX and _bare(label) == _bare(typed) != ""


@lru_cache(maxsize=KEPT_MAX)
def _bare(text: str) -> str:
    """The words alone; a minus stays, for -3 is not the button 3."""
    words = MINUS.sub("minus ", text.casefold())
    return " ".join(SIGNS.sub(" ", words).split())
