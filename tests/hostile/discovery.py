"""Finds what reads people's text by looking at the code, so that nothing can be left out."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final

__all__ = ["BOT", "BY_PATTERN", "Found", "found", "modules"]

BOT: Final = Path(__file__).parents[2] / "bot"
SCOPE: Final = (
    "core", "flows", "turn", "services", "conversation", "content", "company", "cli",
    "telegram_api/gateway.py", "telemetry/logs.py",
)  # fmt: skip
"""Where text is read that a person typed, pasted, or wrote into a file."""

TEXT_NAMES: Final = frozenset(
    (
        *("text", "typed", "said", "told", "asked", "words", "word", "line", "args", "rest"),
        *("name", "query", "source", "cell", "heading", "raw", "value", "data", "body", "wanted"),
        *("title", "note", "reason", "customer", "buyer", "caption", "answer"),
    )
)
"""What a parameter is called that holds a person's text; it is annotated `str` or `Answer`."""

BY_PATTERN: Final = frozenset(
    ("match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer")
)

BLOCKS: Final = ("body", "handlers", "cases", "orelse", "finalbody")
"""Where a node of the tree has statements, in the order of the text."""

CONSTANT: Final = re.compile(r"re|_?[A-Z][A-Z_]*")


@dataclass(frozen=True, slots=True)
class Found:
    """A function that takes text or searches by a pattern.

    Attributes:
        path: such as `bot.core.input.money.parse_rupiah`; what is in a class has its name in it.
        parameter: the one that holds the text; empty where only a pattern shows it.
        alone: whether it can be called with the text and nothing else.
        answer: whether it takes an answer rather than a text.
    """

    path: str
    parameter: str
    alone: bool
    answer: bool

    def function(self) -> Any:
        """Returns the function itself."""
        module, _, name = self.path.rpartition(".")
        return getattr(import_module(module), name)


def modules() -> Iterator[tuple[str, Path]]:
    """Every module in which text is read."""
    for place in SCOPE:
        files = [BOT / place] if place.endswith(".py") else sorted((BOT / place).rglob("*.py"))
        for file in files:
            parts = file.relative_to(BOT.parent).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), file


@cache
def found() -> tuple[Found, ...]:
    """Returns every reader: all functions that take text, all that search by a pattern."""
    trees = ((name, ast.parse(file.read_text(encoding="utf-8"))) for name, file in modules())
    return tuple(each for name, tree in trees for each in _within(tree, name, top=True))


def _within(tree: ast.AST, path: str, *, top: bool) -> Iterator[Found]:
    for node in _statements(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inner = f"{path}.{node.name}"
            reader = _reader(node, inner) if top else None
            if reader is not None:
                yield reader
            elif _searches(node):
                yield Found(inner, "", alone=False, answer=False)
            yield from _within(node, f"{inner}.<locals>", top=False)
        elif isinstance(node, ast.ClassDef):
            yield from _within(node, f"{path}.{node.name}", top=False)
        else:
            yield from _within(node, path, top=top)


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """The statements right inside this one, and its branches; functions are only among them."""
    for field in BLOCKS:
        yield from getattr(node, field, ())


def _reader(node: ast.FunctionDef | ast.AsyncFunctionDef, path: str) -> Found | None:
    positional = [*node.args.posonlyargs, *node.args.args]
    required = positional[: len(positional) - len(node.args.defaults)]
    needed = {each.arg for each in required} | {
        each.arg
        for each, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
        if default is None
    }
    for each in positional:
        if each.arg not in TEXT_NAMES:
            continue
        kind = ast.unparse(each.annotation) if each.annotation is not None else ""
        if kind in {"str", "Answer"}:
            output = ast.unparse(node.returns) if node.returns is not None else ""
            alone = (
                needed <= {each.arg} and each is positional[0] and not output.startswith("Flow[")
            )
            return Found(path, each.arg, alone=alone, answer=kind == "Answer")
    return None


def _searches(node: ast.AST) -> bool:
    """Whether a pattern is used in a function, not counting the functions inside it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if isinstance(child, ast.Call) and isinstance(child.func, ast.Attribute):
            owner = child.func.value
            known = isinstance(owner, ast.Name) and CONSTANT.fullmatch(owner.id)
            if child.func.attr in BY_PATTERN and known:
                return True
        if _searches(child):
            return True
    return False
