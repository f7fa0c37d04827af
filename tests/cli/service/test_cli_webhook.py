"""A webhook that another program has set: what the commands say of it, and how it goes away."""

import json
import signal
import urllib.request
from pathlib import Path

import pytest

from tests.cli.office import TOKEN, Office, sandbox

pytestmark = pytest.mark.long


def test_a_webhook_is_reported_with_its_remedy_which_works_while_the_bot_waits(
    tmp_path: Path,
) -> None:
    office = Office(tmp_path)
    with sandbox() as telegram:
        office.settings["BOT_API_URL"] = telegram
        _set_webhook(telegram, "https://example.com/a-secret-path")
        with office.running("run") as bot:
            bot.until("a webhook is set")
            result = office.run("doctor")
            assert "fail  A webhook is set for this bot" in result.stdout
            assert "run `delete-webhook`" in result.stdout
            assert office.run("delete-webhook").stdout == "The webhook is deleted.\n"
            bot.until("ready as @")
            assert bot.stop(signal.SIGTERM) == 0
        assert bot.said.index("run the command delete-webhook") < bot.said.index("ready as @")
        assert "another program polls" not in bot.said
        assert "a-secret-path" not in bot.said
        assert office.run("delete-webhook").stdout == "No webhook was set.\n"


def test_sigterm_ends_a_bot_that_waits_for_a_webhook_to_go(tmp_path: Path) -> None:
    office = Office(tmp_path)
    with sandbox() as telegram:
        office.settings["BOT_API_URL"] = telegram
        _set_webhook(telegram, "https://example.com/")
        with office.running("run") as bot:
            bot.until("a webhook is set")
            assert bot.stop(signal.SIGTERM) == 0


def test_without_network_or_with_a_wrong_token_it_says_so(tmp_path: Path) -> None:
    office = Office(tmp_path)
    result = office.run("delete-webhook")
    assert (result.returncode, "cannot be reached" in result.stderr) == (2, True)
    with sandbox() as telegram:
        office.settings |= {"BOT_API_URL": telegram, "BOT_TOKEN": "1000002:" + "x" * 35}
        result = office.run("delete-webhook")
    assert (result.returncode, "refused (401)" in result.stderr) == (2, True)
    assert "Traceback" not in result.stderr


def _set_webhook(telegram: str, url: str) -> None:
    request = urllib.request.Request(
        f"{telegram}/bot{TOKEN}/setWebhook",
        json.dumps({"url": url}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        assert json.load(answer)["ok"]
