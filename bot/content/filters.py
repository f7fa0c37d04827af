"""How money, dates and times are written for each reader."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import phonenumbers
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from jinja2 import pass_context
from jinja2.runtime import Context

from bot.content.screens import Reader
from bot.core.hours import zone_label

__all__ = ["FILTERS"]

RUPIAH = "¤#,##0;-¤#,##0"
LOCALES = {"id": "id_ID", "en": "en_GB"}


def _reader(context: Context) -> Reader:
    reader = context["reader"]
    assert isinstance(reader, Reader)
    return reader


def _locale(context: Context) -> str:
    return LOCALES[_reader(context).language]


@pass_context
def rupiah(context: Context, amount: int) -> str:
    """150000 as Rp150.000 (Indonesian) or Rp150,000 (English)."""
    locale = _locale(context)
    shown = format_currency(amount, "IDR", RUPIAH, locale, currency_digits=False)
    return shown.replace("IDR", "Rp").replace("\N{NO-BREAK SPACE}", "")


@pass_context
def angka(context: Context, number: int) -> str:
    """1250 as 1.250 (Indonesian) or 1,250 (English)."""
    return format_decimal(number, locale=_locale(context))


@pass_context
def tanggal(context: Context, day: date | datetime | str) -> str:
    """A day as "22 November 2026", a moment in the reader's own zone."""
    if isinstance(day, str):
        day = date.fromisoformat(day)
    if isinstance(day, datetime):
        day = day.astimezone(ZoneInfo(_reader(context).zone)).date()
    return format_date(day, "d MMMM y", locale=_locale(context))


@pass_context
def tanggal_pendek(context: Context, day: date | datetime | str) -> str:
    """A day as "22 Nov"."""
    if isinstance(day, str):
        day = date.fromisoformat(day)
    if isinstance(day, datetime):
        day = day.astimezone(ZoneInfo(_reader(context).zone)).date()
    return format_date(day, "d MMM", locale=_locale(context))


@pass_context
def bulan(context: Context, period: str | date) -> str:
    """A period as "November 2026"; a day stands for its month."""
    day = date.fromisoformat(f"{period}-01") if isinstance(period, str) else period
    return format_date(day, "MMMM y", locale=_locale(context))


@pass_context
def jam(context: Context, moment: datetime) -> str:
    """A moment as "19.30 WITA" in the reader's own zone."""
    reader = _reader(context)
    local = moment.astimezone(ZoneInfo(reader.zone))
    mark = "." if reader.language == "id" else ":"
    return f"{local:%H}{mark}{local:%M} {zone_label(reader.zone)}"


def telepon(number: str) -> str:
    """+6281234567890 as +62 812-3456-7890; what is no number stays as it is."""
    try:
        known = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(known, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


FILTERS: dict[str, Callable[..., str]] = {
    "angka": angka,
    "bulan": bulan,
    "jam": jam,
    "rupiah": rupiah,
    "tanggal": tanggal,
    "tanggal_pendek": tanggal_pendek,
    "telepon": telepon,
}
