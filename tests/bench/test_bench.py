"""The benchmark runs; how fast the bot is, no test can say."""

import pytest

from bench.__main__ import main

pytestmark = pytest.mark.long


def test_a_small_round_answers_every_person(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--rounds", "1", "--small"]) == 0
    output = capsys.readouterr().out
    assert "answers a second, all at once" in output
    assert "/saldo, leaf, over HTTP" in output
    assert "claiming messages" in output
    assert "all to one chat" in output
    assert "closing a month" in output
    assert "100 products: is it a sale" in output
    assert "30 customers, 100 sales" in output
    assert "importing a list" in output
    assert "WRONG" not in output
