"""What the crowd of a soak waits for is what the bot says.

A soak that waits for words of yesterday reports answers that never came, after hours.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

CROWD = Path(__file__).parent
CHATS = Path(__file__).parents[2] / "chats"
CONTENT = Path(__file__).parents[3] / "bot" / "content"


def test_people_wait_for_words_that_the_bot_says() -> None:
    known = [*_said_in_chats(), *_templates()]
    missing = [
        f"{module.name}:{line}: {words}"
        for module in sorted(CROWD.glob("*.py"))
        if module.name != Path(__file__).name
        for line, words in _awaited(ast.parse(module.read_text("utf-8")))
        if not any(re.search(words, text, re.DOTALL) for text in known)
    ]
    assert missing == []


@pytest.mark.parametrize("words", ["S-1 sudah|lama (tidak|belum) ada", "S-1 sudah", "a|b c|d"])
def test_a_pattern_falls_into_its_alternatives(words: str) -> None:
    assert "|".join(_alternatives(words)) == words
    assert all(re.compile(each) for each in _alternatives(words))


def _said_in_chats() -> list[str]:
    """Returns every message of the bot in the transcripts, with its buttons."""
    said: list[list[str]] = []
    for file in CHATS.glob("*.chat"):
        speaks = False
        for line in file.read_text("utf-8").splitlines():
            if line.startswith("bot"):
                said.append([])
            speaks = line.startswith("bot") or (speaks and line.startswith(" "))
            if speaks:
                said[-1].append(line.partition(":")[2] if line.startswith("bot") else line.strip())
    return ["\n".join(lines) for lines in said]


def _templates() -> list[str]:
    """Returns the Indonesian words of every message, without what is filled in."""
    sources = [file.read_text("utf-8") for file in CONTENT.rglob("*.id.j2")]
    joined = [source.replace("\\\n", "") for source in sources]
    return [re.sub(r"{%.*?%}|{{.*?}}|</?\w+>", "", source, flags=re.DOTALL) for source in joined]


def _awaited(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yields the line and the alternatives, of two words or more, of all patterns of a module."""
    besides = {id(node) for node in _not_awaited(tree)}
    for node in ast.walk(tree):
        if id(node) in besides:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            pattern = node.value
        elif isinstance(node, ast.JoinedStr):
            parts = (
                part.value if isinstance(part, ast.Constant) else ".*" for part in node.values
            )
            pattern = "".join(map(str, parts))
        else:
            continue
        for words in _alternatives(pattern):
            if re.search("[a-z].* .*[a-z]", words, re.IGNORECASE) and words[0] not in "/+":
                yield node.lineno, words


def _not_awaited(tree: ast.Module) -> Iterator[ast.AST]:
    """Yields docstrings, parts of longer strings, and what people say and do."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield from node.values
        elif isinstance(node, ast.Assert):
            yield from () if node.msg is None else ast.walk(node.msg)
        elif isinstance(node, ast.Call):
            yield from (each.value for each in node.keywords if each.arg == "says")
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            yield from node.args if name in {"act", "Unanswered", "AssertionError"} else ()
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ACTS":
            yield from ast.walk(node.value)


def _alternatives(pattern: str) -> list[str]:
    """Returns what the bars outside all brackets separate."""
    found, depth, escaped = [""], 0, False
    for sign in pattern:
        depth += 0 if escaped else (sign == "(") - (sign == ")")
        if sign == "|" and depth == 0 and not escaped:
            found.append("")
        else:
            found[-1] += sign
        escaped = sign == "\\" and not escaped
    return found
