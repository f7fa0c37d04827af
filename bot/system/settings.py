"""Settings of this machine, read from the environment or a `.env` file.

Settings of the company are in `company.toml`. All faults are reported at once, each with what to
do, and never with the value of a secret.
"""

import difflib
import re
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, unquote, urlsplit

from pydantic import SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.core.errors import SetupError
from bot.system.files import UnreadableFileError, read_text

__all__ = ["Settings", "SettingsError", "load"]

ENV_FILE: Final = Path(".env")
ENV_BYTES_MAX: Final = 64 * 1024
LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
FORMATS: Final = ("text", "json")
SQLITE: Final = "sqlite+aiosqlite"
POSTGRESQL: Final = "postgresql+asyncpg"
DATABASE_FILE: Final = f"{SQLITE}:///data/jualdulu.db"
NAMED: Final = re.compile(r"^[^\S\n]*(?:export\s+)?([A-Za-z_]\w*)\s*=", re.MULTILINE)
TOKEN: Final = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")
HOW_TO_FIX: Final = (
    "get a token from @BotFather in Telegram and put BOT_TOKEN=… into the environment or .env"
)
NAME_LIKENESS_MIN: Final = 0.87
PORT_MAX: Final = 65_535
BACKUP_MINUTES_MAX: Final = 1440


class SettingsError(SetupError):
    """The settings cannot be used; each fault names its variable and what to do."""

    heading = "The settings cannot be used:"


class Settings(BaseSettings):
    """One field for each environment variable, named like it in lower case."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    bot_token: SecretStr | None = None
    bot_api_url: str = "https://api.telegram.org"
    database_url: SecretStr = SecretStr(DATABASE_FILE)
    company_file: Path = Path("company.toml")
    log_level: str = "INFO"
    log_format: str = "text"
    metrics_port: int = 0
    backup_minutes: int = 15
    clock_url: str | None = None

    @property
    def token(self) -> str:
        """The bot's token; only after `load` with `token_needed`."""
        assert self.bot_token is not None, "load() was called with token_needed=False"
        return self.bot_token.get_secret_value()

    @property
    def database_file(self) -> Path | None:
        """The SQLite file; None on PostgreSQL."""
        address = urlsplit(self.database_url.get_secret_value())
        return Path(address.path[1:]) if address.scheme == SQLITE else None

    @property
    def database_shown(self) -> str:
        """The database's address without user, password and options."""
        address = urlsplit(self.database_url.get_secret_value())
        host = address.netloc.rpartition("@")[2]
        return f"{address.scheme}://{host}{address.path}"

    @property
    def secrets(self) -> tuple[str, ...]:
        """The values that no log may show, as written in the settings and as decoded."""
        password = urlsplit(self.database_url.get_secret_value()).password or ""
        token = "" if self.bot_token is None else self.bot_token.get_secret_value()
        return tuple(value for value in (token, password, unquote(password)) if value)

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        token = value.get_secret_value().strip()
        if TOKEN.fullmatch(token) is None:
            raise ValueError(
                "does not look like a bot token (digits, a colon, some 35 letters and digits); "
                "copy it again from @BotFather",
            )
        return SecretStr(token)

    @field_validator("bot_api_url")
    @classmethod
    def _bot_api_url(cls, value: str) -> str:
        if "/bot" in value:
            raise ValueError(
                "must be the server alone, such as https://api.telegram.org; "
                "leave out /bot and the token",
            )
        return _web_address(value)

    @field_validator("clock_url")
    @classmethod
    def _clock_url(cls, value: str | None) -> str | None:
        return None if value is None else _web_address(value)

    @field_validator("database_url")
    @classmethod
    def _database_url(cls, value: SecretStr) -> SecretStr:
        url = value.get_secret_value().strip()
        _check_database(url)
        return SecretStr(url)

    @field_validator("metrics_port")
    @classmethod
    def _metrics_port(cls, value: int) -> int:
        if not 0 <= value <= PORT_MAX:
            raise ValueError(f"must be a port, 1 to {PORT_MAX}, or 0 for none")
        return value

    @field_validator("backup_minutes")
    @classmethod
    def _backup_minutes(cls, value: int) -> int:
        if not 0 <= value <= BACKUP_MINUTES_MAX:
            raise ValueError(f"must be 1 to {BACKUP_MINUTES_MAX} minutes, or 0 for no backups")
        return value

    @field_validator("log_level")
    @classmethod
    def _log_level(cls, value: str) -> str:
        if value.upper() not in LEVELS:
            raise ValueError(f"must be one of {', '.join(LEVELS)}")
        return value.upper()

    @field_validator("log_format")
    @classmethod
    def _log_format(cls, value: str) -> str:
        if value.lower() not in FORMATS:
            raise ValueError(f"must be one of {', '.join(FORMATS)}")
        return value.lower()


class _TelegramSettings(Settings):
    """The settings of commands that call Telegram, which need a token."""

    bot_token: SecretStr


def load(env_file: Path | None = ENV_FILE, *, token_needed: bool = True) -> Settings:
    """Returns the settings of this machine; the environment overrides the file.

    Args:
        env_file: the file to read besides the environment; None for the environment alone. Only
            the default file may be missing.
        token_needed: whether an unset BOT_TOKEN is a fault. A malformed one always is.

    Raises:
        SettingsError: with all faults at once.
    """
    faults, names = _names_in(env_file)
    settings: Settings | None = None
    if not faults:
        model = _TelegramSettings if token_needed else Settings
        # pydantic-settings takes these arguments beside the declared fields.
        source: dict[str, Any] = {  # the fields have different types
            "_env_file": env_file,
            "_env_file_encoding": "utf-8",
        }
        try:
            settings = model(**source)
        except ValidationError as error:
            faults = _sentences(error)
        faults += _misspelt(names, env_file)
    # Raised here, so that no traceback shows the validation error, which has the values.
    if faults or settings is None:
        raise SettingsError(faults)
    return settings


def _names_in(env_file: Path | None) -> tuple[list[str], list[str]]:
    """Returns the faults of the file, and the names of the variables that it sets."""
    if env_file is None or (env_file == ENV_FILE and not env_file.exists()):
        return [], []
    try:
        text = read_text(env_file, ENV_BYTES_MAX)
    except UnreadableFileError as error:
        return [f"{env_file} {error}"], []
    return [], NAMED.findall(text)


def _sentences(error: ValidationError) -> list[str]:
    """Returns one sentence for each fault; `input` is left out, it may be a secret."""
    faults = []
    for fault in error.errors(include_url=False, include_input=False):
        name = str(fault["loc"][0]).upper()
        reason = fault.get("ctx", {}).get("error")
        if fault["type"] == "missing":
            text = f"is not set; {HOW_TO_FIX}"
        else:
            text = str(reason) if isinstance(reason, ValueError) else "has the wrong type"
        faults.append(f"{name} {text}")
    return faults


def _misspelt(names: list[str], env_file: Path | None) -> list[str]:
    """Returns a fault for each unknown variable in the file that resembles a setting."""
    known = [name.upper() for name in Settings.model_fields]
    present = {name.upper() for name in names}
    faults = []
    for name in sorted(present.difference(known)):
        likely = difflib.get_close_matches(name, known, n=1, cutoff=NAME_LIKENESS_MIN)
        if likely and likely[0] not in present:
            faults.append(f"{name} in {env_file} is not a setting; did you mean {likely[0]}?")
    return faults


def _split(url: str) -> SplitResult | None:
    """Returns the parts of an address; None if it cannot be parsed."""
    try:
        address = urlsplit(url)
        port = address.port
    except ValueError:  # its message would show a part of the address
        return None
    return None if port == 0 else address


def _web_address(value: str) -> str:
    """Returns an http(s) address without a trailing slash."""
    address = _split(value.strip())
    if address is None or address.scheme not in {"http", "https"} or not address.hostname:
        raise ValueError("must be an address such as http://127.0.0.1:8080")
    if "@" in address.netloc or address.query or address.fragment:
        raise ValueError("must hold no user, password or question mark; leave them out")
    return value.strip().rstrip("/")


def _check_database(url: str) -> None:
    """Raise for an address that the store cannot open; the message leaves out the address."""
    scheme, separator, _ = url.partition("://")
    driver = {"sqlite": SQLITE, "postgres": POSTGRESQL, "postgresql": POSTGRESQL}
    family = scheme.partition("+")[0]
    if not separator or scheme not in {SQLITE, POSTGRESQL}:
        wanted = driver.get(family, f"{SQLITE} or {POSTGRESQL}")
        raise ValueError(f"must begin with {wanted}://, such as {DATABASE_FILE}")
    address = _split(url)
    if scheme == POSTGRESQL:
        _check_server(address)
    elif address is None or not _names_file(address):
        raise ValueError(
            f"must name a file after three slashes ({DATABASE_FILE}; four for a path from the "
            "root), without options; the bot cannot keep its database in memory",
        )
    elif (link := Path(address.path[1:])).is_symlink():
        raise ValueError(
            f"names a symbolic link, but the seal, the lock and the copies must be beside the "
            f"database file itself. Name {link.resolve()} instead, and move beside it what is "
            f"beside the link: {link.name}.seal and the folder backups",
        )


def _names_file(address: SplitResult) -> bool:
    """Returns whether the address names a file on this machine and has no other parts."""
    path = address.path[1:]
    more = address.netloc or address.query or address.fragment
    return bool(path) and path != ":memory:" and not more


def _check_server(address: SplitResult | None) -> None:
    """Raise for an address that does not name a PostgreSQL server and a database."""
    if address is None:
        raise ValueError(
            "cannot be read; write special characters in user and password as %40 for @, "
            "%2F for / and so on, and the port as a number",
        )
    if not address.path[1:] or not (address.hostname or "host=" in address.query):
        raise ValueError(
            f"must name server and database, such as {POSTGRESQL}://user:…@127.0.0.1/jualdulu",
        )
