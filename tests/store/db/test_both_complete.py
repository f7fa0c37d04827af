"""Every function of the store is tested on both engines."""

import ast
import inspect
from pathlib import Path

import bot.store
from tests.architecture.packages import last_name, modules_under

OF_ONE_ENGINE = {
    "credits_file",
    "definitions",
    "list_files",
    "estimate_process",
    "worker_process",
    "backup",
    "failures",
    "fast_sqlite",
    "exchange",
    "copies",
    "database",
    "seed_copy",
    "seed_members",
    "seed_sales",
    "write_lease",
    "read_only",
    "migrations",
    "file_pages",
    "restore",
    "erasure_file",
    "file_rights",
    "seal_file",
    "traces",
    "writers",
}
"""Modules about engines, tables or a process beside them, which have tests of their own."""


def test_every_function_of_the_store_runs_on_both_engines() -> None:
    called = set()
    for file in Path(__file__).parents[1].rglob("*both*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                called.add(f"{node.value.id}.{node.attr}")
    assert sorted(functions_of_the_store() - called) == []


def functions_of_the_store() -> set[str]:
    """All functions that outer layers may call, except those about one engine."""
    return {
        f"{last_name(module)}.{name}"
        for module in modules_under(bot.store)
        if last_name(module) not in OF_ONE_ENGINE
        for name, value in vars(module).items()
        if inspect.isfunction(value)
        and value.__module__ == module.__name__
        and not name.startswith("_")
    }
