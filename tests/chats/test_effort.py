"""A day's work takes few taps, and docs/effort.md says how many."""

from pathlib import Path

import pytest

from tests.architecture.pages import effort_page
from tests.architecture.pages.effort_page import PAGE, efforts, with_efforts

FIVE_SALES_TAPS_MAX = 7


def test_five_sales_are_decided_in_at_most_seven_taps() -> None:
    counted = [each for each in efforts() if each.chat == "checking_day"]
    assert len(counted) == 2
    assert all("five" in each.what for each in counted)
    assert [each for each in counted if each.taps > FIVE_SALES_TAPS_MAX or each.typed] == []


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
