"""Finds every question that the code asks, by reading the code."""

import ast
from collections.abc import Iterator
from inspect import getsource
from types import ModuleType
from typing import Any

import bot
from bot.core.conversation import replay
from tests.architecture.packages import modules_under

__all__ = ["asked_classes"]

FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


def asked_classes() -> list[tuple[str, Any]]:
    """Returns what is handed to `ask`, with the place where it is; the class, not the message.

    Raises:
        AssertionError: where the class cannot be seen.
    """
    return [
        (f"{module.__name__}:{call.lineno}", found)
        for module in modules_under(bot)
        if module is not replay and _asks(module)
        for call, found in _asked_in(module)
    ]


def _asks(module: ModuleType) -> bool:
    return replay.ask in vars(module).values() or replay.Ask in vars(module).values()


def _asked_in(module: ModuleType) -> Iterator[tuple[ast.Call, Any]]:
    tree = ast.parse(getsource(module))
    asking = {"ask", "Ask"}
    found = list(_calls(tree, asking))
    while more := {each.name for each, call in found if _own(each, call)} - asking:
        asking |= more
        found = list(_calls(tree, asking))
    for function, call in found:
        if not _own(function, call):
            for maker in _makers(function, call.args[0]):
                yield call, _class_of(module, maker, f"{module.__name__}:{call.lineno}")


def _calls(tree: ast.Module, asking: set[str]) -> Iterator[tuple[ast.FunctionDef, ast.Call]]:
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in asking:
                yield function, node


def _own(function: ast.FunctionDef, call: ast.Call) -> bool:
    """Whether the function was handed the question by its caller."""
    first = call.args[0]
    return isinstance(first, ast.Name) and first.id in {each.arg for each in function.args.args}


def _makers(function: ast.FunctionDef, value: ast.expr) -> Iterator[ast.expr]:
    """The calls that make the question, here or in an assignment before."""
    if not isinstance(value, ast.Name):
        yield value
        return
    for node in ast.walk(function):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(each, ast.Name) and each.id == value.id for each in targets):
                yield node.value


def _class_of(module: ModuleType, maker: ast.expr, where: str) -> Any:
    assert isinstance(maker, ast.Call), f"{where}: make the question where it is asked"
    assert isinstance(maker.func, ast.Name), f"{where}: make the question where it is asked"
    made = getattr(module, maker.func.id)
    return made if isinstance(made, type) else made.__annotations__["return"]
