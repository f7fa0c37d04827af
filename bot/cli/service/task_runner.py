"""Who runs the tasks of a command: the command line itself or, within a job, the parent bot."""

from typing import Protocol

from bot.system.child_process import Facts, Parent

__all__ = ["ParentTaskRunner", "TaskRunner"]


class TaskRunner(Protocol):
    """Runs tasks one after the other; see `bot.cli.service.remote`."""

    def do(self, task: str, wish: Facts) -> Facts:
        """Run one task; returns its result."""
        ...


class ParentTaskRunner:
    """Asks the parent bot to run each task."""

    def __init__(self, parent: Parent) -> None:
        self._parent = parent

    def do(self, task: str, wish: Facts) -> Facts:
        """Run one task; returns its result."""
        return self._parent.ask(task, wish)
