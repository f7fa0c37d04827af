"""Finds the flows that ask, by following what their start functions call."""

import ast
import textwrap
from collections.abc import Callable, Iterator
from inspect import getsource, isfunction, unwrap
from types import FunctionType, ModuleType
from typing import Any

from bot.core.conversation import replay
from bot.flows.spec import FlowSpec

__all__ = ["asks"]


def asks(spec: FlowSpec) -> bool:
    """Whether a flow may put a question, itself or through a function that it calls."""
    return reaches(spec.start, {replay.ask, replay.Ask})


def reaches(start: Callable[..., Any], wanted: set[Any]) -> bool:
    """Whether a function names one of the wanted things, or one that does."""
    waiting, seen = [unwrap(start)], set[Any]()
    while waiting:
        function = waiting.pop()
        if function in seen or not isfunction(function):
            continue
        seen.add(function)
        for named in _named_in(function):
            if any(named is each for each in wanted):
                return True
            waiting += [unwrap(each) for each in _functions(named)]
    return False


def _named_in(function: FunctionType) -> Iterator[Any]:
    """The things outside that a function's code names."""
    around = function.__globals__
    for node in ast.walk(ast.parse(textwrap.dedent(getsource(function)))):
        if isinstance(node, ast.Name):
            yield around.get(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = around.get(node.value.id)
            if isinstance(module, ModuleType):
                yield getattr(module, node.attr, None)


def _functions(named: Any) -> Iterator[Any]:
    """A function of the bot, or all that stand in a table."""
    if isinstance(named, dict):
        yield from (inner for each in named.values() for inner in _functions(each))
    elif isinstance(named, tuple | list):
        yield from (inner for each in named for inner in _functions(each))
    elif isfunction(named) and named.__module__.startswith("bot."):
        yield named
