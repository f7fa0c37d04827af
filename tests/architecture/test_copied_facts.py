"""A message carries the fact that it is about, and does not copy it field by field."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import bot.flows
from tests.architecture.examples import MESSAGES

COPIED_MAX = 3
FLOWS = Path(bot.flows.__path__[0])


def _copies(source: str, messages: set[str]) -> Iterator[str]:
    """Messages that are made with more than a few fields of one object, each by its own name."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        copied = Counter(
            word.value.value.id
            for word in node.keywords
            if isinstance(word.value, ast.Attribute)
            and isinstance(word.value.value, ast.Name)
            and word.value.attr == word.arg
        )
        if node.func.id in messages and max(copied.values(), default=0) > COPIED_MAX:
            yield node.func.id


def test_no_flow_copies_a_fact_into_a_message() -> None:
    names = {message.__name__ for message in MESSAGES.values()}
    assert [
        f"{file.relative_to(FLOWS)}: {name}"
        for file in sorted(FLOWS.rglob("*.py"))
        for name in _copies(file.read_text("utf-8"), names)
    ] == []


def test_a_message_that_copies_is_found() -> None:
    source = "Card(a=x.a, b=x.b, c=x.c, d=x.d)\nCard(a=x.a, b=y.b, c=x.c, d=y.d)\nOther(a=x.a)"
    assert list(_copies(source, {"Card", "Other"})) == ["Card"]
