"""Who has the office's tasks done: the command line or, in a job, the bot that is its parent."""

from collections.abc import Mapping
from typing import Any, Protocol

from bot.system.child_process import Parent

__all__ = ["AskingParent", "Doer"]


class Doer(Protocol):
    """Has tasks done one after the other; see `bot.cli.service.remote`."""

    def do(self, task: str, wish: Mapping[str, Any]) -> dict[str, Any]:
        """Do one; gives what it gives."""
        ...


class AskingParent:
    """Has the bot write each step, as its child."""

    def __init__(self, parent: Parent) -> None:
        self._parent = parent

    def do(self, task: str, wish: Mapping[str, Any]) -> dict[str, Any]:
        """Do one task."""
        return self._parent.ask(task, wish)
