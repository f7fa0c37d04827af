"""Tells what somebody means by a message: what stands on a button, typed, counts as its tap."""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Answer
from bot.turn.turn import Turn

__all__ = ["heard_answer", "menu_command", "same_label"]

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


def heard_answer(turn: Turn, question: Message) -> Answer:
    """What was heard as an answer; a typed label of a button counts as its tap."""
    heard = turn.heard
    if heard.kind == "text":
        for language in turn.company.languages:
            reader = replace(turn.reader, language=language)
            for button in turn.content.answers(question, reader):
                if same_label(button.label, heard.text):
                    return Answer("tap", button.value, turn.now)
        return Answer("text", heard.text, turn.now)
    if heard.kind == "contact":
        return Answer("contact", heard.text, turn.now, own=heard.own)
    kind: Literal["photo", "document"] = "photo" if heard.kind == "photo" else "document"
    return Answer(kind, heard.file_id, turn.now, note=heard.file_key)


def same_label(label: str, typed: str) -> bool:
    """Whether a typed text is this label, give or take case, emoji and signs."""
    return len(typed) <= LABEL_CHARACTERS_MAX and _bare(label) == _bare(typed) != ""


@lru_cache(maxsize=KEPT_MAX)
def _bare(text: str) -> str:
    """The words alone; a minus stays, for -3 is not the button 3."""
    words = MINUS.sub("minus ", text.casefold())
    return " ".join(SIGNS.sub(" ", words).split())
