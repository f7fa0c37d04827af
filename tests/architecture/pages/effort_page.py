"""Makes docs/effort.md: how many taps a day's work takes, counted on the transcripts.

In a transcript a remark `# Effort: what is done` begins what is counted, `# Effort ends.` ends it.
Twelve everyday tasks stand beside a paper notebook and a usual form (`effort_compared.py`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.architecture.pages.effort_compared import TASKS, Task
from tests.architecture.pages.generated_parts import regenerated, wrapped
from tests.chats.script import Step, parse

__all__ = ["PAGE", "Effort", "compared", "efforts", "with_efforts"]

ROOT: Final = Path(__file__).parents[3]
PAGE: Final = ROOT / "docs" / "effort.md"
CHATS: Final = ROOT / "tests" / "chats"
BEGINS: Final = "# Effort: "
ENDS: Final = "# Effort ends."


@dataclass(frozen=True)
class Effort:
    """What is done in a transcript, and how many buttons are pressed and lines typed for it."""

    chat: str
    what: str
    taps: int
    typed: int

    @property
    def steps(self) -> int:
        """Presses and lines together."""
        return self.taps + self.typed


def efforts() -> list[Effort]:
    """Returns all that is counted, in the order of the transcripts' names."""
    found: list[Effort] = []
    for path in sorted(CHATS.glob("*.chat")):
        if BEGINS in path.read_text("utf-8"):
            found += _counted(path.stem, parse(path)[1])
    return found


def with_efforts(page: str) -> str:
    """Returns the page with its table made again.

    Raises:
        ValueError: a mark is missing.
    """
    counted = efforts()
    both = iter([_beside(compared(counted)), "\n".join(_reasons(compared(counted)))])
    return regenerated(page, {"effort": iter([_table(counted)]), "compared": both})


def compared(counted: list[Effort]) -> list[tuple[Task, Effort]]:
    """Returns the everyday tasks that a transcript does, in their own order."""
    by_name = {each.what: each for each in counted}
    return [(task, by_name[task.what]) for task in TASKS if task.what in by_name]


def _counted(chat: str, steps: list[Step]) -> Iterator[Effort]:
    """Returns what one transcript counts.

    Raises:
        ValueError: what has begun is not ended before the next begins.
    """
    what, taps, typed = "", 0, 0
    for step in steps:
        if step.line.startswith(BEGINS):
            if what:
                raise ValueError(f"{chat}.chat:{step.number}: {what!r} has not ended")
            what, taps, typed = step.line.removeprefix(BEGINS).strip(), 0, 0
        elif step.line.strip() == ENDS and what:
            yield Effort(chat, what, taps, typed)
            what = ""
        elif what and step.who:
            pressed = step.does.startswith("[")
            taps, typed = taps + pressed, typed + (not pressed)
    if what:
        raise ValueError(f"{chat}.chat: {what!r} does not end")


def _table(counted: list[Effort]) -> str:
    rows = [f"| {x.what} | {x.taps} | {x.typed} | `{x.chat}.chat` |" for x in counted]
    return "\n".join(["| what | taps | lines typed | transcript |", "|---|---|---|---|", *rows])


def _beside(both: list[tuple[Task, Effort]]) -> str:
    rows = [
        f"| {task.what} | {here.steps} | {_steps(task.paper)} | {_steps(task.form)} |"
        for task, here in both
    ]
    return "\n".join(["| what | here | on paper | in a form |", "|---|---|---|---|", *rows])


def _steps(steps: tuple[str, ...]) -> str:
    return str(len(steps)) if steps else "not possible"


def _reasons(both: list[tuple[Task, Effort]]) -> Iterator[str]:
    """Yields for each task which steps were counted."""
    for task, _ in both:
        ways = [f"{name}: {', '.join(steps)}." for name, steps in _ways(task) if steps]
        yield wrapped(f"- **{task.what}**. {' '.join([*ways, task.lacks])}", "  ")


def _ways(task: Task) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return ("Paper", task.paper), ("Form", task.form)


if __name__ == "__main__":
    PAGE.write_text(with_efforts(PAGE.read_text("utf-8")), "utf-8")
