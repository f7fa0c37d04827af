"""Counts words, sizes, uses of `Any`, and exceptions outside the tree."""

import ast
import builtins
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator
from inspect import isclass
from pathlib import Path
from typing import Final

from tests.architecture.counting.sources import Source

__all__ = [
    "ODD_WORDS",
    "bare_raises",
    "long_functions",
    "longest_line",
    "odd_words",
    "prose",
    "uses_of_any",
    "without_base",
]

BASE: Final = "JualDuluError"
TOO_BROAD: Final = frozenset({"BaseException", "Exception"})
BUILT_IN: Final = frozenset(
    name
    for name, value in vars(builtins).items()
    if isclass(value) and issubclass(value, BaseException)
)
ODD_WORDS: Final = (
    "anew",
    "everybody",
    "gives",
    "letter",
    "nobody",
    "so many",
    "somebody",
    "stands",
    "surely",
    "the books",
    "the own",
    "told",
    "whoever",
)
"""Words that the glossary and the style do without; some are right in their place."""

WORDS: Final = re.compile(rf"\b({'|'.join(ODD_WORDS)})\b".replace(" ", r"\s+"), re.IGNORECASE)
FENCE: Final = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)


def uses_of_any(sources: Iterable[Source]) -> Counter[str]:
    """Returns how often each package under the root uses `Any`; imports do not count."""
    found: Counter[str] = Counter()
    for source in sources:
        package = ".".join(source.name.split(".")[:2])
        found[package] += sum(_is_any(node) for node in ast.walk(source.tree))
    return +found


def _is_any(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "Any" and ast.unparse(node.value) == "typing"
    return isinstance(node, ast.Name) and node.id == "Any"


def without_base(tree: ast.AST) -> list[str]:
    """Returns the classes, at any depth, that inherit from built-in exceptions only."""
    return [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and node.name != BASE
        and node.bases
        and all(isinstance(base, ast.Name) and base.id in BUILT_IN for base in node.bases)
    ]


def bare_raises(tree: ast.AST) -> list[int]:
    """Returns the lines that raise a bare exception."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise):
            raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            if isinstance(raised, ast.Name) and raised.id in TOO_BROAD:
                found.append(node.lineno)
    return found


def prose(text: str) -> Iterator[str]:
    """Returns the comments and docstrings of a module; lines of comments that follow are one."""
    block: list[str] = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            block.append(token.string.lstrip("# "))
        elif token.type != tokenize.NL and block:
            yield "\n".join(block)
            block = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield str(node.value.value)


def odd_words(texts: Iterable[str]) -> Counter[str]:
    """Returns how often each of `ODD_WORDS` is written; fenced parts of a page do not count."""
    return Counter(
        " ".join(word.lower().split())
        for text in texts
        for word in WORDS.findall(FENCE.sub("", text))
    )


def longest_line(files: Iterable[Path]) -> tuple[int, str]:
    """Returns how many characters the longest line has, and the file and line where it is."""
    return max(
        (
            (len(line), f"{file.name}:{number}")
            for file in files
            for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        ),
        default=(0, ""),
    )


def long_functions(sources: Iterable[Source], most: int) -> list[str]:
    """Returns the functions of more than `most` lines, with their module."""
    return [
        f"{source.name}.{node.name}"
        for source in sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= most
    ]
