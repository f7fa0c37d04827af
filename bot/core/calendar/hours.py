"""The hours in which the bot may write unasked, by the local time of the person."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal, Protocol
from zoneinfo import ZoneInfo

__all__ = [
    "SendingHours",
    "local_day",
    "may_send",
    "may_train",
    "next_opening",
    "next_training",
    "zone_label",
]

ZoneLabel = Literal["WIB", "WITA", "WIT"]

LABELS: Final[dict[str, ZoneLabel]] = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}


class SendingHours(Protocol):
    """The company's sending hours, which may differ from day to day."""

    def window_on(self, day: date) -> tuple[time, time]:
        """Returns the sending hours of a day: their start and their end."""
        ...

    def rests_on(self, day: date) -> bool:
        """Returns whether no tips or broadcasts are sent on this day, as on a public holiday."""
        ...


def may_send(at: datetime, zone: str, hours: SendingHours) -> bool:
    """Returns whether an unasked message may reach a person in this zone at this moment."""
    local = _local(at, zone)
    opens, closes = hours.window_on(local.date())
    return opens <= local.time() < closes


def next_opening(at: datetime, zone: str, hours: SendingHours) -> datetime:
    """Returns the first moment from `at` on within the sending hours; `at` itself if it is."""
    local = _local(at, zone)
    opens, closes = hours.window_on(local.date())
    if local.time() >= closes:
        tomorrow = local.date() + timedelta(days=1)
        return _moment(tomorrow, hours.window_on(tomorrow)[0], zone)
    return _moment(local.date(), opens, zone) if local.time() < opens else at


def may_train(at: datetime, zone: str, hours: SendingHours) -> bool:
    """Returns whether a tip or a broadcast may reach a person in this zone at `at`.

    News of one's own sales and money is not training: `may_send` decides about it.
    """
    return may_send(at, zone, hours) and not hours.rests_on(local_day(at, zone))


def next_training(at: datetime, zone: str, hours: SendingHours) -> datetime:
    """Returns the first moment from `at` on when training may be sent; `at` itself if it may."""
    opening = next_opening(at, zone, hours)
    day = local_day(opening, zone)
    if not hours.rests_on(day):
        return opening
    while hours.rests_on(day):
        day += timedelta(days=1)
    return _moment(day, hours.window_on(day)[0], zone)


def local_day(at: datetime, zone: str) -> date:
    """Returns the local date of a moment in this zone."""
    return _local(at, zone).date()


def zone_label(zone: str) -> ZoneLabel:
    """Returns the Indonesian name of a time zone: WIB, WITA or WIT."""
    assert zone in LABELS, f"{zone} is not a time zone of Indonesia"
    return LABELS[zone]


def _local(at: datetime, zone: str) -> datetime:
    assert at.tzinfo is not None, "a datetime must be aware"
    return at.astimezone(ZoneInfo(zone))


def _moment(day: date, wall: time, zone: str) -> datetime:
    return datetime.combine(day, wall, ZoneInfo(zone)).astimezone(UTC)
