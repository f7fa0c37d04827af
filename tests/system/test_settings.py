"""What the environment may say, and how its mistakes are reported."""

import traceback
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.system.settings import Settings, SettingsError, load
from bot.telemetry import logs

TOKEN = "1000001:SANDBOX_TOKEN_FOR_LOCAL_USE_ONLY_0001"
PASSWORD = "rahasia-sekali"
POSTGRES = f"postgresql+asyncpg://dulu:{PASSWORD}@db.example:5432/jualdulu"
NAMES = [name.upper() for name in Settings.model_fields]


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def faults_of(*, token_needed: bool = True, env_file: Path | None = None) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        load(env_file, token_needed=token_needed)
    return refused.value.faults


def test_a_token_alone_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    settings = load()
    assert settings.token == TOKEN
    assert settings.bot_api_url == "https://api.telegram.org"
    assert settings.database_file == Path("data/jualdulu.db")
    assert settings.company_file == Path("company.toml")
    assert (settings.log_level, settings.log_format) == ("INFO", "text")
    assert settings.clock_url is None


def test_a_command_without_telegram_needs_no_token() -> None:
    assert load(token_needed=False).bot_token is None


def test_an_unset_or_empty_token_is_reported_with_the_way_to_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (fault,) = faults_of()
    assert fault.startswith("BOT_TOKEN is not set; get a token from @BotFather")
    monkeypatch.setenv("BOT_TOKEN", "")
    assert faults_of() == [fault]


def test_a_wrong_token_is_a_mistake_even_where_none_is_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BOT_TOKEN", "123:short")
    (fault,) = faults_of(token_needed=False)
    assert fault.startswith("BOT_TOKEN does not look like a bot token")


def test_the_env_file_is_read_and_the_environment_overrides_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path(".env").write_text(f"BOT_TOKEN={TOKEN}\nexport LOG_LEVEL=debug\nLOG_FORMAT=json\n")
    monkeypatch.setenv("LOG_FORMAT", "text")
    settings = load()
    assert settings.token == TOKEN
    assert (settings.log_level, settings.log_format) == ("DEBUG", "text")


def test_without_an_env_file_only_the_environment_counts() -> None:
    Path(".env").write_text("LOG_LEVEL=ERROR\n")
    assert load(None, token_needed=False).log_level == "INFO"


def test_only_the_default_env_file_may_be_absent() -> None:
    (fault,) = faults_of(env_file=Path("other.env"))
    assert fault == "other.env does not exist"


def test_an_env_file_that_is_no_text_is_reported() -> None:
    Path("odd.env").write_bytes(b"BOT_TOKEN=\xff\xfe")
    (fault,) = faults_of(env_file=Path("odd.env"))
    assert fault.startswith("odd.env is not UTF-8 text")


def test_a_typo_in_the_env_file_is_reported() -> None:
    Path(".env").write_text(f"BOT_TOKN={TOKEN}\nPOSTGRES_PASSWORD=x\n")
    faults = faults_of(env_file=Path(".env"))
    assert "BOT_TOKN in .env is not a setting; did you mean BOT_TOKEN?" in faults
    assert not any("POSTGRES" in fault for fault in faults)


def test_all_mistakes_are_reported_at_once_each_with_its_variable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BOT_API_URL", f"https://api.telegram.org/bot{TOKEN}")
    monkeypatch.setenv("DATABASE_URL", f"mysql://dulu:{PASSWORD}@db.example/jualdulu")
    monkeypatch.setenv("LOG_LEVEL", "loud")
    monkeypatch.setenv("LOG_FORMAT", "xml")
    monkeypatch.setenv("CLOCK_URL", "ftp://127.0.0.1/clock")
    faults = faults_of()
    assert [fault.split()[0] for fault in faults] == [
        "BOT_TOKEN",
        "BOT_API_URL",
        "DATABASE_URL",
        "LOG_LEVEL",
        "LOG_FORMAT",
        "CLOCK_URL",
    ]


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite+aiosqlite:///data/jualdulu.db", "data/jualdulu.db"),
        ("sqlite+aiosqlite:////srv/dulu/a b%20.db", "/srv/dulu/a b%20.db"),
    ],
)
def test_a_sqlite_address_names_a_file(
    monkeypatch: pytest.MonkeyPatch, url: str, file: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert load(token_needed=False).database_file == Path(file)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite+aiosqlite://data/jualdulu.db",
        "sqlite+aiosqlite://",
        "sqlite+aiosqlite:///:memory:",
        "sqlite+aiosqlite:///file.db?mode=ro",
        "sqlite:///data/jualdulu.db",
        "postgresql://u@h/db",
        "postgresql+asyncpg://u@h",
        "postgresql+asyncpg:///jualdulu",
        "postgresql+asyncpg://u@h:port/db",
        "data/jualdulu.db",
    ],
)
def test_other_databases_are_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    (fault,) = faults_of(token_needed=False)
    assert fault.startswith("DATABASE_URL ")
    assert "://" in fault or "%40" in fault


@pytest.mark.parametrize(
    "url",
    [POSTGRES, "postgresql+asyncpg://u@/jualdulu?host=/run/postgresql"],
)
def test_postgresql_has_no_file(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    settings = load(token_needed=False)
    assert settings.database_file is None
    assert settings.database_url.get_secret_value() == url


def test_a_server_address_loses_its_last_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:8080/")
    assert load(token_needed=False).bot_api_url == "http://127.0.0.1:8080"


def test_nothing_that_is_shown_holds_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("DATABASE_URL", POSTGRES)
    settings = load()
    for shown in (
        repr(settings),
        str(settings),
        settings.model_dump_json(),
        settings.database_shown,
    ):
        assert TOKEN not in shown
        assert PASSWORD not in shown
    assert settings.database_shown == "postgresql+asyncpg://db.example:5432/jualdulu"
    assert set(settings.secrets) == {TOKEN, PASSWORD}


def test_no_secret_of_the_settings_can_reach_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"bot_token": (TOKEN, TOKEN), "database_url": (POSTGRES, PASSWORD)}
    secret = [
        name
        for name, field in Settings.model_fields.items()
        if "SecretStr" in str(field.annotation)
    ]
    assert sorted(secret) == sorted(given), (
        "give a new secret a value here, and add it to Settings.secrets, which the log leaves out"
    )
    for name, (value, _) in given.items():
        monkeypatch.setenv(name.upper(), value)
    settings = load()
    for name, (value, kept) in given.items():
        assert kept in settings.secrets, f"{name} is not in Settings.secrets"
        assert kept not in logs.redact(f"with {value} in it", settings.secrets)


@given(
    secret=st.text(
        st.characters(codec="ascii", exclude_categories=["C"]), min_size=12, max_size=40
    ),
    scheme=st.sampled_from(["", "sqlite+aiosqlite://", "postgresql+asyncpg://u:", "mysql://u:"]),
    rest=st.sampled_from(["", "@h/db", "@h:9x/db", "@[h/db"]),
)
def test_no_mistake_shows_the_value_that_was_wrong(secret: str, scheme: str, rest: str) -> None:
    secret = f"~{secret}~"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BOT_TOKEN", secret)
        patch.setenv("DATABASE_URL", f"{scheme}{secret}{rest}")
        with pytest.raises(SettingsError) as refused:
            load(None)
    assert secret not in "".join(traceback.format_exception(refused.value))
    assert refused.value.__context__ is None


def test_a_symbolic_link_to_a_database_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A restore would put the copy in the place of the link."""
    (tmp_path / "link.db").symlink_to(tmp_path / "elsewhere.db")
    (tmp_path / "folder").symlink_to(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/link.db")
    with pytest.raises(SettingsError, match=r"elsewhere\.db instead") as caught:
        load(None)
    assert "DATABASE_URL names a symbolic link" in caught.value.faults[0]
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/folder/books.db")
    assert load(None).database_file == tmp_path / "folder" / "books.db"
