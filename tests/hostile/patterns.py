"""Every regular expression of the bot, and how each is used."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from tests.hostile.discovery import BOT, BY_PATTERN

__all__ = ["Pattern", "patterns"]

UNKNOWN: Final = frozenset({"search"})
"""How a pattern counts as used where that cannot be seen: in the dearest way."""


TAKERS: Final = {"Text": "fullmatch"}
"""What else takes a pattern, and how it uses it."""


MENTIONED: Final = re.compile(
    rf"\.\s*(?:compile|{'|'.join(sorted(BY_PATTERN))})\b|\b(?:{'|'.join(TAKERS)})\s*\("
)
"""What is in the text of every module that has or uses a pattern; the others are not parsed."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One regular expression.

    Attributes:
        name: the module with the constant, or with the line where it is in a call.
        source: the expression; None where it is built only when it is used.
        flags: as it is compiled with.
        uses: the methods it is used by.
    """

    name: str
    source: str | None
    flags: int
    uses: frozenset[str]


@cache
def patterns() -> tuple[Pattern, ...]:
    """Returns all patterns of the bot."""
    texts = {_module(file): file.read_text("utf-8") for file in sorted(BOT.rglob("*.py"))}
    trees = {name: ast.parse(text) for name, text in texts.items() if MENTIONED.search(text)}
    uses: dict[str, set[str]] = {}
    for name, tree in trees.items():
        for constant, methods in _uses(name, tree).items():
            uses.setdefault(constant, set()).update(methods)
    found: list[Pattern] = []
    for name in texts:
        found += _in_collections(name)
        if name in trees:
            found += _in_calls(name, trees[name], uses)
    return tuple(found)


def _module(file: Path) -> str:
    parts = file.relative_to(BOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _uses(name: str, tree: ast.Module) -> dict[str, set[str]]:
    """By the constant, with the module that it comes from, the methods that are called on it."""
    home = {
        each.asname or each.name: f"{node.module}.{each.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for each in node.names
    }
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in BY_PATTERN:
            owner = ast.unparse(node.value)
            module, dot, constant = owner.rpartition(".")
            place = f"{home.get(module, module)}.{constant}" if dot else f"{name}.{owner}"
            found.setdefault(home.get(owner, place), set()).add(node.attr)
    return found


def _in_collections(name: str) -> Iterator[Pattern]:
    for kept, value in vars(import_module(name)).items():
        for each in value.values() if isinstance(value, dict) else ():
            if isinstance(each, re.Pattern):
                yield Pattern(f"{name}.{kept}", each.pattern, each.flags, UNKNOWN)


def _in_calls(name: str, tree: ast.Module, uses: dict[str, set[str]]) -> Iterator[Pattern]:
    named = {
        id(node.value): target.id
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    # Patterns in a collection of the module are judged where they are.
    gathered = {id(each) for node in tree.body if _is_assigned(node) for each in ast.walk(node)}
    for node in ast.walk(tree):
        method = _method(node)
        if method is None:
            continue
        assert isinstance(node, ast.Call)
        constant = named.get(id(node))
        source, flags = _expression(name, node, method)
        if method == "compile":
            how = frozenset(uses.get(f"{name}.{constant}", ())) or UNKNOWN
            if source is None and id(node) in gathered:
                continue
            yield Pattern(f"{name}.{constant or node.lineno}", source, flags, how)
        else:
            yield Pattern(f"{name}.{node.lineno}", source, flags, frozenset({method}))


def _is_assigned(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign | ast.AnnAssign)


def _method(node: ast.AST) -> str | None:
    """What of the module `re` is called here; `compile` is one of it."""
    if not isinstance(node, ast.Call):
        return None
    if isinstance(node.func, ast.Name):
        return TAKERS.get(node.func.id) if node.args else None
    if not isinstance(node.func, ast.Attribute):
        return None
    owner = node.func.value
    known = node.func.attr in BY_PATTERN or node.func.attr == "compile"
    return node.func.attr if isinstance(owner, ast.Name) and owner.id == "re" and known else None


def _expression(name: str, node: ast.Call, method: str) -> tuple[str | None, int]:
    """The expression and its flags, as far as the module's own constants tell them."""
    known = vars(import_module(name))
    flags: list[ast.expr] = [each.value for each in node.keywords if each.arg == "flags"]
    if method == "compile":
        flags += node.args[1:2]
    elif method in {"match", "search", "fullmatch", "findall", "finditer"}:
        flags += node.args[2:3]
    try:
        source = _value(node.args[0], known)
        bits = int(_value(flags[0], known)) if flags else 0
    except NameError:
        return None, 0
    return (source, bits) if isinstance(source, str) else (None, 0)


def _value(node: ast.expr, known: dict[str, Any]) -> Any:
    code = compile(ast.Expression(node), "<pattern>", "eval")
    return eval(code, {**known, "re": re})
