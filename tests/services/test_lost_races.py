"""Two who decide about one sale at the same instant: the second is told how it stands."""

import ast
from pathlib import Path

import bot.services


def test_nobody_decides_about_a_sale_without_looking_whether_it_was_decided() -> None:
    """On PostgreSQL another unit may settle a sale between the look and the decision."""
    dropped = [
        f"{file.name}:{node.lineno}"
        for file in Path(bot.services.__path__[0]).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func) == "sales.decide"
    ]
    assert dropped == []
