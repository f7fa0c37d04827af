"""Finds every module under a package, however deep: guards must not go blind when files move."""

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

__all__ = ["last_name", "modules_under"]


def modules_under(package: ModuleType) -> Iterator[ModuleType]:
    """Every module below a package, loaded; packages among them too.

    Raises:
        ImportError: where one of them cannot be loaded.
    """

    def broken(name: str) -> None:
        raise ImportError(name)

    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.", broken):
        yield importlib.import_module(found.name)


def last_name(module: ModuleType) -> str:
    """What a module is called among its own kind, without its packages."""
    return module.__name__.rpartition(".")[2]
