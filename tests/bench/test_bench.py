"""The measuring of speed runs; how fast it all is, is nothing for a test to say."""

import pytest

from bench.__main__ import main

pytestmark = pytest.mark.long


def test_a_small_round_leaves_nobody_without_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--rounds", "1", "--small"]) == 0
    told = capsys.readouterr().out
    assert "answers a second, all at once" in told
    assert "/saldo, leaf, over HTTP" in told
    assert "claiming messages" in told
    assert "all to one chat" in told
    assert "closing a month" in told
    assert "importing a list" in told
    assert "WRONG" not in told
