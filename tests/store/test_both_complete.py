"""Nothing of the store is left out of the tests on both engines."""

import ast
import importlib
import inspect
import pkgutil
from pathlib import Path

import bot.store

OF_ONE_ENGINE = {
    "apart",
    "backup",
    "broken",
    "copies",
    "database",
    "founding",
    "founding_members",
    "founding_sales",
    "lease",
    "looking",
    "migrations",
    "pages",
    "restoring",
    "rights",
    "seal_file",
    "traces",
    "writers",
}
"""Modules about the engines themselves, which have tests of their own."""


def test_every_function_of_the_store_runs_on_both_engines() -> None:
    called = set()
    for file in Path(__file__).parent.glob("*both*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                called.add(f"{node.value.id}.{node.attr}")
    there = {
        f"{module.name}.{name}"
        for module in pkgutil.iter_modules(bot.store.__path__)
        if module.name not in OF_ONE_ENGINE
        for name, value in vars(importlib.import_module(f"bot.store.{module.name}")).items()
        if inspect.isfunction(value)
        and value.__module__ == f"bot.store.{module.name}"
        and not name.startswith("_")
    }
    assert sorted(there - called) == []
