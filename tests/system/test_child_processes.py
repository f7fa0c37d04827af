"""A child process begins at once: it brings along nothing that only the running bot needs.

An import of one service brings all conversations, and with them a second of loading that each
closing, import and copy would pay for.
"""

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
SERVES: Final = re.compile(r"^\s+serve\(\{", re.MULTILINE)
OF_THE_BOT: Final = {"bot.conversation", "bot.flows", "bot.services", "bot.turn", "telegram"}

CHILDREN: Final = sorted(
    ".".join(file.relative_to(ROOT).with_suffix("").parts)
    for file in (ROOT / "bot").rglob("*.py")
    if SERVES.search(file.read_text("utf-8"))
)


def test_all_of_them_are_looked_at() -> None:
    assert {"bot.cli.months.close_process", "bot.store.backup.worker_process"} <= set(CHILDREN)


@pytest.mark.parametrize("module", CHILDREN)
def test_a_child_process_brings_no_conversations_along(module: str) -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", f"import sys, {module}; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert OF_THE_BOT.isdisjoint(loaded)
