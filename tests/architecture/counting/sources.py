"""The modules of a package, read and parsed without being imported."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Source", "read_sources", "used_elsewhere"]


@dataclass(frozen=True, slots=True)
class Source:
    """One module.

    Attributes:
        name: with its packages, such as `bot.core.errors`.
        file: where it is.
        text: of the file.
        tree: of the text.
    """

    name: str
    file: Path
    text: str
    tree: ast.Module

    @property
    def package(self) -> str:
        """The package that holds the module; a package is in itself."""
        return self.name if self.file.name == "__init__.py" else self.name.rpartition(".")[0]


def read_sources(package: Path) -> list[Source]:
    """Returns every module of a package, in order of path."""
    found = []
    for file in sorted(package.rglob("*.py")):
        parts = file.relative_to(package.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = file.read_text("utf-8")
        found.append(Source(name, file, text, ast.parse(text)))
    return found


def used_elsewhere(sources: Iterable[Source]) -> set[tuple[str, str]]:
    """Returns the module and name of all that another module imports or takes by attribute."""
    known = {source.name: source for source in sources}
    return {used for source in known.values() for used in _used_by(source, known.keys())}


def _used_by(source: Source, modules: Iterable[str]) -> Iterator[tuple[str, str]]:
    known, short = set(modules), dict[str, str]()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield node.module, alias.name
                if (full := f"{node.module}.{alias.name}") in known:
                    short[alias.asname or alias.name] = full
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = short.get(node.value.id)
            if module is not None:
                yield module, node.attr
