"""A day's work takes few taps, and docs/effort.md says how many."""

from pathlib import Path

import pytest

from tests.architecture.pages import effort_page
from tests.architecture.pages.effort_compared import TASKS
from tests.architecture.pages.effort_page import PAGE, compared, efforts, with_efforts

FIVE_SALES_TAPS_MAX = 7
EVERYDAY_TASKS = 12
DONE_MIN = 12
"""Everyday tasks that transcripts do; to be raised with each that comes."""


def test_five_sales_are_decided_in_at_most_seven_taps() -> None:
    counted = [each for each in efforts() if each.chat == "checking_day"]
    assert len(counted) == 2
    assert all("five" in each.what for each in counted)
    assert [each for each in counted if each.taps > FIVE_SALES_TAPS_MAX or each.typed] == []


def test_there_are_twelve_everyday_tasks_each_once() -> None:
    assert len({task.what for task in TASKS}) == len(TASKS) == EVERYDAY_TASKS


def test_an_everyday_task_takes_few_steps_and_no_more_than_paper_or_a_form() -> None:
    both = compared(efforts())
    assert len(both) >= DONE_MIN
    for task, here in both:
        assert here.steps <= task.steps_max, task.what
        for other in (task.paper, task.form):
            assert not other or here.steps <= len(other), f"{task.what} takes fewer elsewhere"


def test_no_two_transcripts_count_the_same_task() -> None:
    names = [each.what for each in efforts()]
    assert len(set(names)) == len(names)


def test_the_page_of_efforts_is_as_the_transcripts_make_it() -> None:
    page = PAGE.read_text("utf-8")
    assert with_efforts(page) == page, "docs/effort.md is stale: make docs"
    assert with_efforts(page.replace("| 7 |", "| 8 |")) == page


def test_presses_and_lines_are_counted_apart_and_others_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = tmp_path / "one.chat"
    lines = ["# One.", "Sari: [Menu]", "# Effort: a sale", "Sari: J 1 TEH", "Sari: [Ya, catat]"]
    chat.write_text("\n".join([*lines, "# Effort ends.", "Sari: [Menu]"]), "utf-8")
    monkeypatch.setattr(effort_page, "CHATS", tmp_path)
    (found,) = efforts()
    assert (found.what, found.taps, found.typed) == ("a sale", 1, 1)
    chat.write_text("\n".join(lines), "utf-8")
    with pytest.raises(ValueError, match="does not end"):
        efforts()
