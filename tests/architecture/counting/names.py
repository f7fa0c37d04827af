"""Finds two things of one name; what may repeat is stated here, with its reason."""

import ast
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from tests.architecture.counting.sources import Source, used_elsewhere

__all__ = [
    "ONE_IDEA",
    "twice_constants",
    "twice_functions",
    "twice_modules",
    "twice_types",
]

Places: TypeAlias = dict[str, list[str]]
"""Each name that stands for more than one thing, with the modules that define it."""

UNNAMED: Final = ("__init__", "__main__")
FOLDER_OF: Final = {"plans": "bonus", "plan_file": "bonus"}
"""Folders that hold the rules of a topic under another name."""

ONE_IDEA: Final[Mapping[str, str]] = {
    "backup": "the command, and what makes the copy",
    "dead_letters": "who is notified of one, and its row",
    "given_ranks": "the conversation that gives them, and their rows",
    "jobs": "the command that lists them, and their rows",
    "periods": "the months of the calendar, and their rows",
    "pools": "a month's pools when it closes, and their rows",
    "restore": "the command, and what puts the copy in place",
    "roles": "the conversation that changes them, and their rows",
}
"""Modules of one name that are one idea on two floors, in folders that are named differently."""

REGISTRIES: Final = frozenset({"ACTIONS", "FLOWS", "LOOKUPS", "SPEC", "TASKS"})
"""Each topic has its own; the registry puts them together."""


def twice_modules(sources: Iterable[Source], topics: Collection[str]) -> Places:
    """Returns the modules that share a file name without being of one topic.

    They may where the name is that of a topic, where their folders have one name (a topic has a
    folder on each floor), or where `ONE_IDEA` lists the name.
    """
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for source in sources:
        if source.file.stem not in UNNAMED:
            folder = source.file.parent.name
            found[source.file.stem][FOLDER_OF.get(folder, folder)].append(source.name)
    return {
        name: sorted(module for modules in folders.values() for module in modules)
        for name, folders in found.items()
        if len(folders) > 1 and name not in topics and name not in ONE_IDEA
    }


def twice_types(sources: Iterable[Source]) -> Places:
    """Returns the classes and type aliases that share a name, but for private ones."""
    return _repeated(
        (name, source.name)
        for source in sources
        for node in source.tree.body
        for name in _types(node)
        if not name.startswith("_")
    )


def twice_constants(sources: Iterable[Source]) -> Places:
    """Returns the constants that share a name and are both used by other modules.

    One that its own module alone uses may have any name, such as a statement of the store.
    """
    sources = list(sources)
    used = used_elsewhere(sources)
    return _repeated(
        (name, source.name)
        for source in sources
        for node in source.tree.body
        for name in _assigned(node)
        if name.isupper() and (source.name, name) in used and name not in REGISTRIES
    )


def twice_functions(sources: Iterable[Source]) -> Places:
    """Returns the functions that share a name and are both imported by name.

    One that is only called through its module, such as `outbox.put`, is told apart by that.
    """
    sources = list(sources)
    imported = {
        (node.module, alias.name)
        for source in sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return _repeated(
        (node.name, source.name)
        for source in sources
        for node in source.tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (source.name, node.name) in imported
    )


def _types(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.ClassDef):
        yield node.name
    if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation).endswith("TypeAlias"):
        yield from _assigned(node)
    if isinstance(node, ast.Assign) and not isinstance(node.value, ast.Constant | ast.Call):
        yield from (name for name in _assigned(node) if name[0].isupper() and not name.isupper())


def _assigned(node: ast.stmt) -> Iterator[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    yield from (target.id for target in targets if isinstance(target, ast.Name))


def _repeated(pairs: Iterable[tuple[str, str]]) -> Places:
    found: dict[str, set[str]] = defaultdict(set)
    for name, module in pairs:
        found[name].add(module)
    return {name: sorted(modules) for name, modules in found.items() if len(modules) > 1}
