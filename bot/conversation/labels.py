"""Reads a message as an answer: a typed label of a button counts as a tap on it."""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from bot.core.conversation.messages import Question
from bot.core.conversation.replay import Answer
from bot.turn.turn import Turn

__all__ = ["menu_command", "read_answer", "same_label"]

MINUS = re.compile(r"(?<!\S)[-−](?=\d)")
SIGNS = re.compile(r"[^\w\s]")
KEPT_MAX = 1_000
LABEL_CHARACTERS_MAX = 256


def menu_command(turn: Turn, text: str) -> tuple[str, str] | None:
    """Returns the command of the menu key with this label, in any of the company's languages."""
    for language in turn.company.languages:
        for row in turn.content.menu(language).rows:
            for button in row:
                if same_label(button.label, text):
                    return button.value.removeprefix("/"), ""
    return None


def read_answer(turn: Turn, question: Question) -> Answer:
    """Returns the update as an answer; a typed label of a button counts as a tap on it."""
    incoming = turn.incoming
    if incoming.kind == "text":
        for language in turn.company.languages:
            reader = replace(turn.reader, language=language)
            for button in turn.content.answers(question, reader):
                if same_label(button.label, incoming.text):
                    return Answer("tap", button.value, turn.now)
        return Answer("text", incoming.text, turn.now)
    if incoming.kind == "contact":
        return Answer(
            "contact", incoming.text, turn.now, own=incoming.own, note=incoming.contact_name
        )
    kind: Literal["photo", "document"] = "photo" if incoming.kind == "photo" else "document"
    words = incoming.text if question.reads_caption and incoming.forwarded is None else ""
    return Answer(kind, incoming.file_id, turn.now, note=incoming.file_key, words=words)


def same_label(label: str, typed: str) -> bool:
    """Returns whether a typed text is this label, ignoring case, emoji and punctuation."""
    return len(typed) <= LABEL_CHARACTERS_MAX and _bare(label) == _bare(typed) != ""


@lru_cache(maxsize=KEPT_MAX)
def _bare(text: str) -> str:
    """Returns the words alone; a minus stays, since -3 is not the button 3."""
    words = MINUS.sub("minus ", text.casefold())
    return " ".join(SIGNS.sub(" ", words).split())
