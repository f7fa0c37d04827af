"""Nothing secret is ever written down."""

import json
import logging
import sys
import threading
import warnings
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telemetry import logs

TOKEN = "1000001:SANDBOX_TOKEN_FOR_LOCAL_USE_ONLY_0001"
PHONE = "+62 812-3456-7890"
PASSWORD = "p@ss/wör:d"
DATABASE = f"postgresql+asyncpg://dulu:{PASSWORD}@db.example:5432/jualdulu"
log = logging.getLogger("bot.test")


def logged(capsys: pytest.CaptureFixture[str]) -> str:
    text = capsys.readouterr().err
    for secret in (TOKEN, "3456", PASSWORD, "wör"):
        assert secret not in text
    return text


def test_a_line_says_when_how_bad_who_and_what(capsys: pytest.CaptureFixture[str]) -> None:
    logs.setup("INFO", "text")
    log.info("Sale %s kept", "S-1023")
    log.debug("too fine")
    line = logged(capsys)
    assert line.endswith("+00:00 INFO    bot.test: Sale S-1023 kept\n")
    assert line.count("\n") == 1


def test_setting_up_twice_writes_each_line_once(capsys: pytest.CaptureFixture[str]) -> None:
    logs.setup()
    logs.setup()
    log.info("once")
    assert logged(capsys).count("once") == 1


@pytest.mark.parametrize("format_", ["text", "json"])
def test_arguments_tracebacks_stacks_and_extra_fields_are_made_safe(
    capsys: pytest.CaptureFixture[str], format_: str
) -> None:
    logs.setup("DEBUG", format_, secrets=["wör-only-known-by-value"])
    log.info("GET %s for %s", f"https://api.telegram.org/bot{TOKEN}/getMe", PHONE)
    log.info("%(url)s", {"url": DATABASE})
    log.info("wör-only-known-by-value", extra={"phone": 628123456789, "update_id": 7})
    log.info("seen", extra={"held": {"token": TOKEN}})
    # A stack shows this very line, with the token in it.
    log.info("1000001:SANDBOX_TOKEN_FOR_LOCAL_USE_ONLY_0001", stack_info=True)
    try:
        raise ValueError(f"{TOKEN} {PHONE}") from OSError(f"cannot open {DATABASE}")  # noqa: TRY301
    except ValueError:
        log.exception("Failed for\n081234567890")
    text = logged(capsys)
    for stand_in in ("<token>", "<phone>", "<password>", "<secret>", "Traceback"):
        assert stand_in in text
    assert "db.example:5432/jualdulu" in text


def test_json_lines_are_objects_with_the_extra_fields(capsys: pytest.CaptureFixture[str]) -> None:
    logs.setup("INFO", "json")
    log.warning("Late: é", extra={"update_id": 7, "key": "sale:1"})
    try:
        raise RuntimeError(f"no {TOKEN}")  # noqa: TRY301
    except RuntimeError:
        log.exception("Failed", stack_info=True)
    first, second = (json.loads(line) for line in logged(capsys).splitlines())
    assert first.pop("time").endswith("+00:00")
    assert first == {
        "level": "WARNING",
        "logger": "bot.test",
        "event": "Late: é",
        "update_id": 7,
        "key": "sale:1",
    }
    assert second["traceback"].endswith("RuntimeError: no <token>")
    assert second["stack"].startswith("Stack")


def test_arguments_that_do_not_fit_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    logs.setup()
    log.info("%d sales", TOKEN)
    log.info("two", PHONE)  # noqa: PLE1205 - the mistake is meant
    text = logged(capsys)
    assert "%d sales (its arguments do not fit and are left out)" in text
    assert "Traceback" not in text


def test_a_traceback_written_by_another_handler_first_is_made_safe_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.setup()
    record = log.makeRecord("bot.test", logging.ERROR, "", 0, "Failed", (), None)
    record.exc_text = f"RuntimeError: {TOKEN}"
    log.handle(record)
    assert "RuntimeError: <token>" in logged(capsys)


def test_talkative_libraries_are_logged_from_warnings_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.setup("DEBUG")
    for name in ("httpx", "httpcore.http11", "telegram.Bot", "aiohttp.access", "apscheduler"):
        logging.getLogger(name).info("chatter of %s", name)
        logging.getLogger(name).warning("warning of %s", name)
    text = logged(capsys)
    assert "chatter" not in text
    assert text.count("warning of") == 5


def test_talkative_libraries_are_no_louder_than_the_rest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.setup("ERROR")
    logging.getLogger("httpx").warning("chatter")
    assert logged(capsys) == ""


def test_an_uncaught_exception_is_logged_safely(capsys: pytest.CaptureFixture[str]) -> None:
    logs.setup()
    error = RuntimeError(f"no {TOKEN}")
    sys.excepthook(RuntimeError, error, None)
    failed = SimpleNamespace(exc_type=RuntimeError, exc_value=error, exc_traceback=None)
    threading.excepthook(failed)  # type: ignore[arg-type]  # made by threads alone
    text = logged(capsys)
    assert text.count("CRITICAL bot.telemetry.logs") == 2
    assert text.count("RuntimeError: no <token>") == 2


def test_an_interrupt_from_the_keyboard_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    logs.setup()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert "CRITICAL" not in logged(capsys)


def test_warnings_go_the_same_way(capsys: pytest.CaptureFixture[str]) -> None:
    logs.setup()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)
        logging.captureWarnings(capture=True)
        warnings.warn(f"old {TOKEN}", DeprecationWarning, stacklevel=1)
        logging.captureWarnings(capture=False)
    assert "old <token>" in logged(capsys)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22T08:12:34.567+00:00 update 812345678 of chat 6281234567",
        "http://127.0.0.1:8080/clock?after=12",
        "sqlite+aiosqlite:///data/jualdulu.db",
        "sale:01HZX-7K3M9QX2 Rp1.500.000 in 0.081 s",
        "group -1001234567890",
    ],
)
def test_what_is_no_secret_is_unchanged(text: str) -> None:
    assert logs.redact(text) == text


@given(
    before=st.sampled_from(["", " ", "'", "(", "=", ":", "/bot", "hp", "\n", '"']),
    after=st.sampled_from(["", " ", "'", ")", "/getMe", "\n", '"', ",", "."]),
    secret=st.one_of(
        st.from_regex(r"[0-9]{6,11}:[A-Za-z0-9_-]{35}", fullmatch=True),
        st.from_regex(
            r"(\+62|62|0)[ .-]?8[0-9]{2}[ .-]?[0-9]{3,4}[ .-]?[0-9]{3,4}", fullmatch=True
        ),
        st.from_regex(r"\+[1-9][0-9]{9,13}", fullmatch=True),
    ),
)
def test_tokens_and_phones_are_found_wherever_they_are(
    before: str, after: str, secret: str
) -> None:
    assert secret not in logs.redact(f"{before}{secret}{after}")
