"""Nothing about any person is ever logged, whatever breaks, however much is logged."""

import asyncio
import gc
import io
import json
import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.company import load_company
from bot.conversation import router
from bot.store.members import people
from bot.telemetry import logs
from sandbox.faults import KINDS
from tests import stage as stages
from tests.stage import SAMPLE, Given, Stage

NAMES = ("Kenanga", "Wibisono", "Larasati", "Pramudita")
TYPED = ("Rahasiawati", "jangan bilang siapa-siapa", "08777123987", "KHUSUS-991")
FIRST_USER = 3_918_273
GIVEN = [
    Given("Kenanga Wibisono", "Bapak", "PUSAT", roles=("admin",)),
    Given("Larasati Pramudita", sponsor="Kenanga"),
]


@pytest.fixture
def lines() -> io.StringIO:
    """All that is logged from now on, with every library as talkative as can be."""
    written = io.StringIO()
    logs.setup("DEBUG", "json")
    for handler in logging.getLogger().handlers:
        if type(handler) is logging.StreamHandler:
            handler.setStream(written)
    return written


@pytest.fixture
async def stage(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lines: io.StringIO,  # noqa: ARG001 - listens from the first moment on
) -> AsyncIterator[Stage]:
    monkeypatch.setattr(stages, "FIRST_USER", FIRST_USER)
    company = load_company(SAMPLE)
    policy = replace(company.policy, approve_sales=False)
    async with Stage(tmp_path, GIVEN, replace(company, policy=policy)) as stage:
        yield stage


def events(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def found_in(written: io.StringIO, stage: Stage) -> list[str]:
    """Returns which private texts are there."""
    text = written.getvalue()
    numbers = [str(number) for number in stage.users.values()]
    phones = [f"62812{number:08d}" for number in stage.users.values()]
    codes = [stage.code(one.name.split()[0]) for one in stage.given]
    secrets = [stage.telegram.token, stage.telegram.token.partition(":")[2]]
    canaries = [*NAMES, *TYPED, *numbers, *phones, *codes, *secrets]
    return [each for each in canaries if each.casefold() in text.casefold()]


async def say(stage: Stage, text: str, who: str = "Larasati") -> None:
    stage.telegram.phones.say(stage.user(who), text)
    await stage.settle()


async def test_a_day_of_chatting_leaves_no_trace_of_anybody(
    stage: Stage, lines: io.StringIO
) -> None:
    for text in (
        "/jual 2 sabun 3 teh ke Rahasiawati", "Ya", "/saldo", "/tim", "/struk", "/profil",
        "jangan bilang siapa-siapa", "/batal", "08777123987", "/undang", "/jual", "KHUSUS-991",
        "/batal", f"/tim {stage.code('Kenanga')}", "/struk S-1", "/kelola KHUSUS-991",
        "/stok Rahasiawati KHUSUS-991",
    ):  # fmt: skip
        await say(stage, text)
    stage.telegram.phones.contact(stage.user("Larasati"), phone_number="08777123987")
    await stage.settle()
    newcomer = stage.newcomer("Rahasiawati")
    stage.telegram.phones.start(newcomer, stage.code("Larasati"))
    await stage.settle()
    await say(stage, "Rahasiawati Pramudita", "Rahasiawati")
    await stage.stop()
    await stage.start()
    await say(stage, "/kelola", "Kenanga")
    assert len([each for each in events(lines) if each["event"] == "update done"]) > 15
    assert found_in(lines, stage) == []


async def test_a_line_leads_from_the_update_to_its_answers(
    stage: Stage, lines: io.StringIO
) -> None:
    await say(stage, "/saldo")
    [done] = [each for each in events(lines) if each["event"] == "update done"]
    letters = [each for each in events(lines) if each["event"] == "send finished"]
    answers = [each for each in letters if each.get("update") == done["update"]]
    assert done["attempt"] == 1
    assert isinstance(done["ms"], int)
    assert [each["outcome"] for each in answers] == ["sent"]
    assert all(each["kind"] != "answer" for each in letters if each not in answers)


def _fail(error: Exception) -> None:
    raise error


@pytest.mark.parametrize(
    "error",
    [
        ValueError("invalid literal: 'jangan bilang siapa-siapa'"),
        KeyError("Rahasiawati"),
        AssertionError(f"no member {FIRST_USER + 1}"),
        TypeError("08777123987 is no number"),
    ],
)
async def test_an_error_that_quotes_a_person_is_logged_without_its_words(
    stage: Stage, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def broken(*_: object) -> None:
        try:
            _fail(RuntimeError("with a cause"))
        except RuntimeError as failure:
            raise error from failure

    monkeypatch.setattr(router, "_respond", broken)
    await say(stage, "jangan bilang siapa-siapa")
    failed = [each for each in events(lines) if each["event"] == "update failed"]
    assert [each["attempt"] for each in failed] == [1, 2, 3, 4, 5]
    assert f"{type(error).__name__}: <words left out>" in failed[0]["traceback"]
    assert "in broken" in failed[0]["traceback"], "where it happened is what one needs"
    assert found_in(lines, stage) == []


async def test_the_values_of_a_refused_statement_are_not_logged(
    stage: Stage, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A traceback shows the lines of the code; what a person typed is never in those.
    statement = "INSERT INTO people (user_id, language, first_seen) VALUES (?, ?, ?)"
    values = (stage.user(NAMES[0]), TYPED[0], 1)

    def broken(conn: Connection, *_: object, **__: object) -> None:
        conn.exec_driver_sql(statement, values)

    monkeypatch.setattr(people, "meet", broken)
    monkeypatch.setattr("bot.conversation.identify.people.meet", broken)
    await say(stage, "jangan bilang siapa-siapa")
    [first, *_] = [each for each in events(lines) if each["event"] == "update failed"]
    assert "UNIQUE constraint failed" in first["traceback"]
    assert found_in(lines, stage) == []


async def test_what_telegram_quotes_and_a_broken_line_leave_no_trace(
    stage: Stage, lines: io.StringIO
) -> None:
    for fault in ("http_500", "http_502_html", "cut_before"):
        stage.telegram.disturb(fault, times=1)
        await say(stage, "/saldo")
    stage.telegram.world.updates.push_raw({"message": {"text": "Rahasiawati", "date": "x"}})
    await stage.settle()
    stage.telegram.phones.block(stage.user("Larasati"))
    await asyncio.sleep(0.1)
    await stage.settle()
    assert found_in(lines, stage) == []


CALLS = ("getUpdates", "sendMessage", "editMessageText", "answerCallbackQuery", "setMyCommands")


@pytest.fixture
def _all_libraries_log() -> Iterator[None]:
    """Libraries are as loud as they can be, whatever the bot has set."""
    before = {name: logging.getLogger(name).level for name in logs.NOISY_LOGGERS}
    for name in before:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.usefixtures("_all_libraries_log")
@pytest.mark.parametrize("kind", sorted(KINDS))
async def test_no_fault_of_the_line_brings_anybody_into_the_log(
    stage: Stage, lines: io.StringIO, kind: str
) -> None:
    for name in logs.NOISY_LOGGERS:  # the stage was set up meanwhile
        logging.getLogger(name).setLevel(logging.DEBUG)
    for method in CALLS:
        stage.telegram.disturb(kind, method=method, times=1, seconds=0.2, megabytes=1)
    for text in ("/saldo", "/profil", "jangan bilang siapa-siapa"):
        stage.telegram.phones.say(stage.user("Larasati"), text)
    stage.telegram.phones.start(stage.newcomer("Rahasiawati"), stage.code("Larasati"))
    await asyncio.sleep(1)
    assert lines.getvalue(), "the log listens"
    assert found_in(lines, stage) == []


@pytest.mark.parametrize(
    ("words", "args", "written"),
    [
        ('Can not load invalid JSON data: "%s"', ("Rahasiawati",), '"<words left out>"'),
        ("%s took %d ms", ("Rahasiawati", 7), "<words left out> took 7 ms"),
        ("%(who)s waits", ({"who": "Rahasiawati"},), "<words left out> waits"),
        ("Task failed\nfuture: <Task exception=ValueError('Rahasiawati')>", (), "Task failed"),
        ("{'text': 'Rahasiawati'}", (), "<words left out>"),
        ("%d of %d", ("Rahasiawati",), "do not fit"),
    ],
)
def test_of_a_library_only_fixed_words_and_numbers_are_written(
    lines: io.StringIO, words: str, args: tuple[object, ...], written: str
) -> None:
    logging.getLogger("telegram.request").error(words, *args, extra={"body": "Rahasiawati"})
    assert written in events(lines)[0].get("message", events(lines)[0]["event"])
    assert "Rahasiawati" not in lines.getvalue()


def test_what_breaks_while_it_is_cleared_away_is_logged_without_words(
    lines: io.StringIO,
) -> None:
    class Fragile:
        def __del__(self) -> None:
            raise ValueError("Rahasiawati")

    Fragile()
    gc.collect()
    assert "while it was being finalized" in lines.getvalue()
    assert "Rahasiawati" not in lines.getvalue().replace('raise ValueError(\\"Rahasiawati', "")


@pytest.mark.parametrize(
    "words",
    [
        'duplicate key value violates "uq"\nDETAIL:  Key (phone)=(+6281) already exists.',
        "invalid input for query argument $2: 'Rahasiawati' (an integer is required)",
        'invalid input syntax for type bigint: "Rahasiawati"',
        "new row violates check\nDETAIL:  Failing row contains (1, Rahasiawati, x).",
    ],
)
def test_the_values_that_a_server_shows_are_taken_out(words: str) -> None:
    assert "Rahasiawati" not in logs.redact(words)
    assert "6281" not in logs.redact(words)
    assert "<values>" in logs.redact(words)


def test_facts_are_added_within_and_gone_after(lines: io.StringIO) -> None:
    log = logging.getLogger("bot.test")
    with logs.about(update=7):
        with logs.about(outbox=9, update=8):
            log.info("inner", extra={"ms": 3})
        log.info("outer %s", "one")
    log.info("after")
    inner, outer, after = events(lines)
    assert (inner["update"], inner["outbox"], inner["ms"]) == (8, 9, 3)
    assert (outer["update"], outer["event"], outer["message"]) == (7, "outer %s", "outer one")
    assert "update" not in after
