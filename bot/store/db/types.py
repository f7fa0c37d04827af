"""Column types that mean the same on SQLite's STRICT tables and on PostgreSQL."""

from datetime import UTC, datetime

from sqlalchemy import BigInteger, Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

__all__ = ["Big", "Bytewise", "Flag", "Instant", "Words"]

Big = BigInteger().with_variant(Integer(), "sqlite")
"""A whole number: an id, a count, or rupiah."""

Words = Text
"""Text, also for dates as YYYY-MM-DD and for JSON."""

Bytewise = Text().with_variant(Text(collation="C"), "postgresql")
"""Text ordered by its bytes, so that a range of it is a prefix under any locale of the server."""


class Flag(TypeDecorator[bool]):
    """A yes or no, stored as 1 or 0, since STRICT tables have no boolean."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Returns the value as it is stored."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:  # noqa: ARG002
        """Returns the stored value as Python has it."""
        return None if value is None else bool(value)


class Instant(TypeDecorator[datetime]):
    """A moment, stored as microseconds since 1970 in UTC, so that both engines sort it alike."""

    impl = Big
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Returns the microseconds since 1970 in UTC."""
        if value is None:
            return None
        assert value.tzinfo is not None, "a moment has a zone"
        whole = value.astimezone(UTC) - _EPOCH
        return (whole.days * 86_400 + whole.seconds) * 1_000_000 + whole.microseconds

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Returns the moment in UTC."""
        if value is None:
            return None
        seconds, micros = divmod(value, 1_000_000)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=micros)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
