"""What differs from one machine to the next, read from the environment or a `.env` file.

What differs from one company to the next is in `company.toml`. All mistakes are reported at once,
in words for the operator, and never with the value of a secret.
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
HOW_TO_MEND: Final = (
    "get a token from @BotFather in Telegram and put BOT_TOKEN=… into the environment or .env"
)
NAME_LIKENESS_MIN: Final = 0.87
PORT_MAX: Final = 65_535
BACKUP_MINUTES_MAX: Final = 1440


class SettingsError(SetupError):
    """The settings cannot be used; each fault names its variable and what to do."""

    heading = "The settings cannot be used:"


class Settings(BaseSettings):
    """One field for each variable; the variable is the field's name in capitals."""

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
        """The bot's token, where `load` has seen to it that there is one."""
        assert self.bot_token is not None, "load() was told that no token is needed"
        return self.bot_token.get_secret_value()

    @property
    def database_file(self) -> Path | None:
        """The SQLite file; None on PostgreSQL."""
        address = urlsplit(self.database_url.get_secret_value())
        return Path(address.path[1:]) if address.scheme == SQLITE else None

    @property
    def database_shown(self) -> str:
        """The database's address as it may be shown: without user, password and options."""
        address = urlsplit(self.database_url.get_secret_value())
        host = address.netloc.rpartition("@")[2]
        return f"{address.scheme}://{host}{address.path}"

    @property
    def secrets(self) -> tuple[str, ...]:
        """The values that no log may show, as they stand in the settings and as they are used."""
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
    """The settings of whatever speaks to Telegram: without a token it cannot."""

    bot_token: SecretStr


def load(env_file: Path | None = ENV_FILE, *, token_needed: bool = True) -> Settings:
    """Returns the settings of this machine; the environment overrides the file.

    Args:
        env_file: the file to read beside the environment; None for the environment alone. Only
            the default one may be absent.
        token_needed: whether an unset BOT_TOKEN is a mistake. A wrong one always is.

    Raises:
        SettingsError: with all mistakes at once.
    """
    faults, names = _names_in(env_file)
    settings: Settings | None = None
    if not faults:
        model = _TelegramSettings if token_needed else Settings
        # The settings' own class takes these beside the fields that it declares.
        source: dict[str, Any] = {"_env_file": env_file, "_env_file_encoding": "utf-8"}
        try:
            settings = model(**source)
        except ValidationError as error:
            faults = _in_words(error)
        faults += _misspelt(names, env_file)
    # Raised out here, so that no traceback shows the error that knew the values.
    if faults or settings is None:
        raise SettingsError(faults)
    return settings


def _names_in(env_file: Path | None) -> tuple[list[str], list[str]]:
    """The variables that the file sets, or why it cannot be read."""
    if env_file is None or (env_file == ENV_FILE and not env_file.exists()):
        return [], []
    try:
        text = read_text(env_file, ENV_BYTES_MAX)
    except UnreadableFileError as error:
        return [f"{env_file} {error}"], []
    return [], NAMED.findall(text)


def _in_words(error: ValidationError) -> list[str]:
    """One sentence for each mistake; `input` is never looked at, it may be a secret."""
    faults = []
    for fault in error.errors(include_url=False, include_input=False):
        name = str(fault["loc"][0]).upper()
        reason = fault.get("ctx", {}).get("error")
        if fault["type"] == "missing":
            words = f"is not set; {HOW_TO_MEND}"
        else:
            words = str(reason) if isinstance(reason, ValueError) else "is not of the right kind"
        faults.append(f"{name} {words}")
    return faults


def _misspelt(names: list[str], env_file: Path | None) -> list[str]:
    """Returns variables of the file that are not read but resemble one that is."""
    known = [name.upper() for name in Settings.model_fields]
    present = {name.upper() for name in names}
    faults = []
    for name in sorted(present.difference(known)):
        likely = difflib.get_close_matches(name, known, n=1, cutoff=NAME_LIKENESS_MIN)
        if likely and likely[0] not in present:
            faults.append(f"{name} in {env_file} is not a setting; did you mean {likely[0]}?")
    return faults


def _split(url: str) -> SplitResult | None:
    """The parts of an address; None if it has none that make sense."""
    try:
        address = urlsplit(url)
        port = address.port
    except ValueError:  # its words would show a part of the address
        return None
    return None if port == 0 else address


def _web_address(value: str) -> str:
    """An http(s) address without a slash at its end."""
    address = _split(value.strip())
    if address is None or address.scheme not in {"http", "https"} or not address.hostname:
        raise ValueError("must be an address such as http://127.0.0.1:8080")
    if "@" in address.netloc or address.query or address.fragment:
        raise ValueError("must hold no user, password or question mark; leave them out")
    return value.strip().rstrip("/")


def _check_database(url: str) -> None:
    """Refuse, in words without the address itself, what the store cannot open."""
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
            "root), without options; the bot cannot keep its books in memory",
        )
    elif (link := Path(address.path[1:])).is_symlink():
        raise ValueError(
            f"names a symbolic link, beside which the seal, the lock and the copies would not be "
            f"those of the file it leads to. Name {link.resolve()} itself, and move to it what "
            f"stands beside the link: {link.name}.seal and the folder backups",
        )


def _names_file(address: SplitResult) -> bool:
    """Whether the address is one file on this machine and nothing more."""
    path = address.path[1:]
    more = address.netloc or address.query or address.fragment
    return bool(path) and path != ":memory:" and not more


def _check_server(address: SplitResult | None) -> None:
    """Refuse what names no server and database on PostgreSQL."""
    if address is None:
        raise ValueError(
            "cannot be read; write special characters in user and password as %40 for @, "
            "%2F for / and so on, and the port as a number",
        )
    if not address.path[1:] or not (address.hostname or "host=" in address.query):
        raise ValueError(
            f"must name server and database, such as {POSTGRESQL}://user:…@127.0.0.1/jualdulu",
        )
