"""The demo: one command, one address, one Ctrl-C."""

import json
import os
import signal
import socket
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from tests.cli.office import Office

pytestmark = pytest.mark.long


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def got(url: str) -> Any:
    with urlopen(url, timeout=5) as answer:
        return json.load(answer)


def test_the_demo_lives_answers_and_stops_without_a_trace(tmp_path: Path) -> None:
    office = Office(tmp_path)
    port = free_port()
    office.settings = {
        "PORT": str(port),
        "DATABASE_URL": "nonsense",
        "BOT_TOKEN": "nonsense",
        "COMPANY_FILE": "none.toml",
    }
    (tmp_path / ".env").write_text("LOG_LEVEL=nonsense\n")
    url = f"http://127.0.0.1:{port}"

    books = tmp_path / "data/demo/jualdulu.db"
    made: set[int] = set()
    for _ in ("first", "second"):
        with office.running("demo") as demo:
            demo.until(f"Open {url} in a browser")
            made.add(books.stat().st_ino)
            people = got(f"{url}/control/people")["people"]
            assert [p["caption"] for p in people if p["show"]] == [
                "Distributor",
                "Upline",
                "Trainer",
                "Admin",
                {"id": "Calon mitra", "en": "Newcomer"},
            ]
            with urlopen(url, timeout=5) as page:
                assert b"<html" in page.read()
            assert demo.stop(signal.SIGINT) == 0, demo.said
        assert "Traceback" not in demo.said
        assert demo.said.splitlines()[-1] == "The demo has stopped."
        with socket.socket() as trial:
            assert trial.connect_ex(("127.0.0.1", port)) != 0
    assert len(made) == 1, "the second start makes no new books"
    assert not office.books.exists()
    saved = json.loads((tmp_path / "data/demo/telegram.json").read_text("utf-8"))
    moments = [datetime.fromisoformat(moment["at"]) for moment in saved["moments"]]
    assert len(moments) == 4
    assert moments == sorted(moments)

    office.settings |= {
        "BOT_TOKEN": "1000001:" + "x" * 35,
        "DATABASE_URL": "sqlite+aiosqlite:///data/demo/jualdulu.db",
        "COMPANY_FILE": "company.toml",
    }
    (tmp_path / ".env").unlink()
    report = office.run("doctor", "--no-network")
    assert report.returncode == 0, report.stdout


def test_a_demo_that_crashes_comes_back_with_all_that_was_done(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.settings = {"PORT": str(free_port())}
    with office.running("demo", "--still", "--fresh") as demo:
        demo.until("in a browser")
        books = tmp_path / "data/demo/jualdulu.db"
        made = books.stat().st_ino
        os.kill(int(books.with_name(f"{books.name}.lock").read_text()), signal.SIGKILL)
        demo.said = ""
        demo.until("in a browser")
        assert books.stat().st_ino == made
        assert demo.stop(signal.SIGINT) == 0, demo.said
    assert demo.said.splitlines()[-1] == "The demo has stopped."


def test_a_busy_port_is_reported_in_one_sentence_with_the_way_out(tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        result = Office(tmp_path).run("demo", "--port", str(port))
    assert result.returncode == 1
    [line] = result.stderr.splitlines()
    assert f"Port {port} is busy" in line
    assert f"PORT={port + 1}" in line
