"""Reads the bot's log while a chat is played: it holds nothing of the chat."""

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.telemetry import logs
from tests.chats.script import parse

__all__ = ["nothing_of_the_chat_is_logged"]

TYPED_CHARACTERS_MIN = 10


@contextmanager
def nothing_of_the_chat_is_logged(path: Path) -> Iterator[None]:
    """Fail if a name from the file, or a longer text that a person typed, is in the log."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.JsonLines())
    handler.addFilter(logs.Redacting())
    log = logging.getLogger("bot")
    level = log.level
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(level)
    text = written.getvalue()
    assert "update done" in text or "send finished" in text, "the log was not captured"
    found = [each for each in _canaries(path) if re.search(rf"\b{re.escape(each)}\b", text)]
    assert not found, f"{path.name}: in the log: {found}"


def _canaries(path: Path) -> set[str]:
    _, steps = parse(path)
    canaries = {step.who for step in steps if step.who is not None}
    for step in steps:
        if step.directive == "member":
            canaries |= set(step.args.partition(",")[0].split())
        elif step.who is not None and len(step.does) >= TYPED_CHARACTERS_MIN:
            canaries.add(step.does)
    return canaries
