"""How money, dates and times are written for each reader."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

import phonenumbers
from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import pass_context
from jinja2.runtime import Context

from bot.content.screens import Reader
from bot.core.calendar.hours import zone_label

__all__ = ["FILTERS"]

KEPT_MAX = 1_000
LOCALES = {"id": "id_ID", "en": "en_GB"}


def _reader(context: Context) -> Reader:
    reader = context["reader"]
    assert isinstance(reader, Reader)
    return reader


def _locale(context: Context) -> str:
    return LOCALES[_reader(context).language]


@pass_context
def rupiah(context: Context, amount: int) -> str:
    """Returns rupiah: 150000 as Rp150.000 (Indonesian) or Rp150,000 (English)."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{angka(context, abs(amount))}"


@pass_context
def angka(context: Context, number: int) -> str:
    """Returns a number: 1250 as 1.250 (Indonesian) or 1,250 (English)."""
    grouped = f"{number:,}"
    return grouped.replace(",", ".") if _reader(context).language == "id" else grouped


@pass_context
def persen(context: Context, rate_bp: int) -> str:
    """Returns a rate: 250 hundredths of a percent as 2,5% (Indonesian) or 2.5% (English)."""
    return f"{format_decimal(Decimal(rate_bp).scaleb(-2), locale=_locale(context))}%"


@pass_context
def tanggal(context: Context, day: date | datetime | str) -> str:
    """Returns a day as "22 November 2026"; a moment counts by the reader's zone."""
    if isinstance(day, str):
        day = date.fromisoformat(day)
    if isinstance(day, datetime):
        day = day.astimezone(ZoneInfo(_reader(context).zone)).date()
    return _written(day, "d MMMM y", _locale(context))


@pass_context
def tanggal_pendek(context: Context, day: date | datetime | str) -> str:
    """Returns a day as "22 Nov"; a moment counts by the reader's zone."""
    if isinstance(day, str):
        day = date.fromisoformat(day)
    if isinstance(day, datetime):
        day = day.astimezone(ZoneInfo(_reader(context).zone)).date()
    return _written(day, "d MMM", _locale(context))


@pass_context
def bulan(context: Context, period: str | date) -> str:
    """Returns a period as "November 2026"; a day means its month."""
    day = date.fromisoformat(f"{period}-01") if isinstance(period, str) else period
    return _written(day, "MMMM y", _locale(context))


@pass_context
def jam(context: Context, moment: datetime) -> str:
    """Returns a moment as "19.30 WITA" in the reader's own zone."""
    reader = _reader(context)
    local = moment.astimezone(ZoneInfo(reader.zone))
    mark = "." if reader.language == "id" else ":"
    return f"{local:%H}{mark}{local:%M} {zone_label(reader.zone)}"


@lru_cache(maxsize=KEPT_MAX)
def _written(day: date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale=locale)


@lru_cache(maxsize=KEPT_MAX)
def telepon(number: str) -> str:
    """Returns +6281234567890 as +62 812-3456-7890; any other text as it is."""
    try:
        known = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(known, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


FILTERS: dict[str, Callable[..., str]] = {
    "angka": angka,
    "bulan": bulan,
    "jam": jam,
    "persen": persen,
    "rupiah": rupiah,
    "tanggal": tanggal,
    "tanggal_pendek": tanggal_pendek,
    "telepon": telepon,
}
