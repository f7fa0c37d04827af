"""A message carries the fact that it is about, and does not copy it field by field."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import bot.flows
from tests.architecture.examples import MESSAGES

COPIED_MAX = 3
FLOWS = Path(bot.flows.__path__[0])


def _copies(source: str, messages: set[str]) -> Iterator[str]:
    """Yields the messages made with more than a few fields of one object, under any name."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        copied = defaultdict(set)
        for value in (*node.args, *(word.value for word in node.keywords)):
            owner, field = _field_of(value)
            if field:
                copied[owner].add(field)
        if node.func.id in messages and max(map(len, copied.values()), default=0) > COPIED_MAX:
            yield node.func.id


def _field_of(value: ast.expr) -> tuple[str, str]:
    """Returns the object that a value is a field of, and the path to it; empty for other values.

    A part of a field is the field: `page.rows[:6]`, `sale.buyer.name`.
    """
    path: ast.expr = value
    fields = False
    while isinstance(path, ast.Attribute | ast.Subscript):
        fields = fields or isinstance(path, ast.Attribute)
        path = path.value
    return (path.id, ast.unparse(value)) if isinstance(path, ast.Name) and fields else ("", "")


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


def test_a_copy_without_a_name_or_under_another_one_is_found() -> None:
    for copy in (
        "Card(x.a, x.b, x.c, x.d)",
        "Card(one=x.a, two=x.b, three=x.c, four=x.d)",
        "Card(x.a, x.b, three=x.c, four=x.d[:6])",
        "Card(x.a, x.b.first, x.b.second, x.c[0].name)",
    ):
        assert list(_copies(copy, {"Card"})) == ["Card"], copy
    for other in (
        "Card(x, x.a, x.b, x.c)",
        "Card(x.a, x.a, x.b, x.c)",
        "Card(x[0], x[1], x[2], x[3])",
    ):
        assert list(_copies(other, {"Card"})) == [], other
