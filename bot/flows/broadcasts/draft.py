"""Writing a broadcast: the text, a file, a preview, the audience, the time, a confirmation."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.core.conversation.messages import Message, Refusal, Sample
from bot.core.conversation.replay import Answer, Flow, Lookup, ask, find
from bot.core.input.clock_times import NotATime, next_time, read_clock_time
from bot.core.input.typed import clean_text
from bot.core.input.yesno import yes_or_no
from bot.core.messaging.broadcasts import (
    AUDIENCES,
    PER_DAY_MAX,
    TYPED_FROM,
    Audience,
    ends_at,
    without_tags,
)
from bot.core.messaging.claims import claims_in
from bot.core.messaging.impostors import chats_in
from bot.flows.answers import button_number
from bot.flows.broadcasts.broadcast_messages import (
    BodyRefused,
    ChooseAudience,
    ClaimsRefused,
    HourOutside,
    NobodyThere,
    NotAFile,
    NotSentYet,
    TextFirst,
    TooManyToday,
    WrongCount,
)
from bot.flows.broadcasts.broadcast_questions import (
    AskAudience,
    AskBody,
    AskDespiteClaims,
    AskFile,
    AskWhen,
    ConfirmBroadcast,
    TypeCount,
)
from bot.flows.caller import Caller
from bot.flows.spec import Action

__all__ = [
    "NUMBER_DIGITS_MAX",
    "AudienceSizes",
    "BodyFault",
    "BotName",
    "PreviewOf",
    "SendBroadcast",
    "SentToday",
    "write",
]

OFFERED_TIMES: Final = ("09:00", "10:30", "13:30", "16:30", "19:30")
NOW: Final = frozenset({"sekarang", "now", "skrg", "langsung"})
NUMBER_DIGITS_MAX: Final = 8
PASTED_CHARACTERS_MAX: Final = 10_000
MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SentToday(Lookup[int]):
    """How many broadcasts the caller wrote today, by the caller's own day."""


@dataclass(frozen=True, slots=True)
class BodyFault(Lookup[BodyRefused | None]):
    """The error in a text; None if there is none."""

    body: str
    caption: bool


@dataclass(frozen=True, slots=True)
class BotName(Lookup[str]):
    """The bot's user name on Telegram, without `@`."""


@dataclass(frozen=True, slots=True)
class PreviewOf(Lookup[Sample]):
    """The message as one member will see it."""

    body: str
    file_id: str
    file_kind: str


@dataclass(frozen=True, slots=True)
class AudienceSizes(Lookup[tuple[tuple[str, int], ...]]):
    """How many members an audience has at a moment, by zone."""

    audience: Audience
    at: datetime


@dataclass(frozen=True, slots=True)
class SendBroadcast(Action):
    """Store the broadcast, to start at `starts_at`; `claims` are the words an admin allowed."""

    body: str
    file_id: str
    file_kind: str
    audience: Audience
    chosen_at: datetime
    starts_at: datetime
    claims: tuple[str, ...]


def write(caller: Caller, _rest: str) -> Flow[Message | SendBroadcast]:
    """Ask for the text, the file, the audience and the time, and confirm."""
    if (yield from find(SentToday())) >= PER_DAY_MAX:
        return TooManyToday(PER_DAY_MAX)
    while True:
        body, claims = yield from _ask_body(caller)
        file_id, file_kind = yield from _ask_file(body)
        sample = yield from find(PreviewOf(body, file_id, file_kind))
        member = caller.me is not None
        wish: tuple[str, datetime] = yield from ask(
            AskAudience(sample, own=member, team=member), _read_audience
        )
        if wish[0] in AUDIENCES:
            break
    audience: Audience = next(each for each in AUDIENCES if each == wish[0])
    chosen_at = wish[1]
    sizes = dict((yield from find(AudienceSizes(audience, chosen_at))))
    count = sum(sizes.values())
    if count == 0:
        raise Refusal(NobodyThere(audience), AskAudience)
    sending = caller.company.sending
    minutes = -(-count // (sending.bulk_per_second * 60))
    times = tuple(
        each for each in OFFERED_TIMES if sending.opens <= read_clock_time(each) < sending.closes
    )
    starts_at: datetime = yield from ask(
        AskWhen(audience, count, minutes, times), _when_read_for(caller)
    )
    last = ends_at(starts_at, sizes, sending.bulk_per_second, sending)
    soon = last - starts_at <= minutes * MINUTE
    if count < TYPED_FROM:
        card = ConfirmBroadcast(audience, count, minutes, starts_at, last, soon)
        yield from ask(card, _read_yes)
    else:
        many = TypeCount(audience, count, minutes, starts_at, last, soon)
        yield from ask(many, _count_read_as(count))
    return SendBroadcast(body, file_id, file_kind, audience, chosen_at, starts_at, claims)


def _ask_body(caller: Caller) -> Flow[tuple[str, tuple[str, ...]]]:
    """Ask for the text; returns it with the claims and links that an admin allowed."""
    while True:
        body: str = yield from ask(AskBody(), _read_body)
        fault = yield from find(BodyFault(body, caption=False))
        if fault is not None:
            raise Refusal(fault, AskBody)
        read = without_tags(body)
        claims, chats = claims_in(read), chats_in(read, (yield from find(BotName())))
        if not claims and not chats:
            return body, ()
        if "admin" not in caller.roles:
            raise Refusal(ClaimsRefused(claims, chats), AskBody)
        goes_on: bool = yield from ask(AskDespiteClaims(claims, chats), _read_despite)
        if goes_on:
            return body, claims + chats


def _ask_file(body: str) -> Flow[tuple[str, str]]:
    file: tuple[str, str] = yield from ask(AskFile(), _read_file)
    if file[1]:
        fault = yield from find(BodyFault(body, caption=True))
        if fault is not None:
            raise Refusal(fault, AskFile)
    return file


def _read_body(answer: Answer) -> str:
    if answer.kind != "text":
        raise Refusal(TextFirst())
    return clean_text(answer.value, PASTED_CHARACTERS_MAX)


def _read_despite(answer: Answer) -> bool:
    if answer.kind != "tap":
        raise Refusal(ChooseAudience())
    return answer.value == "tetap"


def _read_file(answer: Answer) -> tuple[str, str]:
    if answer.kind in {"photo", "document"}:
        return answer.value, answer.kind
    refuses = answer.kind == "text" and yes_or_no(answer.value) is False
    if answer.kind != "tap" and not refuses:
        raise Refusal(NotAFile())
    return "", ""


def _read_audience(answer: Answer) -> tuple[str, datetime]:
    if answer.kind != "tap":
        raise Refusal(ChooseAudience())
    return answer.value, answer.at


def _when_read_for(caller: Caller) -> Callable[[Answer], datetime]:
    sending = caller.company.sending
    zone = caller.me.zone if caller.me is not None else caller.company.time_zone

    def read(answer: Answer) -> datetime:
        if answer.kind not in {"tap", "text"}:
            raise Refusal(NotATime(""))
        if answer.value.casefold().strip() in NOW:
            return answer.at
        clock_time = read_clock_time(answer.value)
        if not sending.opens <= clock_time < sending.closes:
            raise Refusal(HourOutside(f"{sending.opens:%H:%M}", f"{sending.closes:%H:%M}"))
        return next_time(answer.at, clock_time, zone)

    return read


def _read_yes(answer: Answer) -> bool:
    sure = answer.kind == "tap" or (answer.kind == "text" and yes_or_no(answer.value))
    if not sure:
        raise Refusal(NotSentYet())
    return True


def _count_read_as(count: int) -> Callable[[Answer], bool]:
    def read(answer: Answer) -> bool:
        typed = answer.value.strip().replace(".", "").replace(",", "")
        if answer.kind != "text" or button_number(typed, NUMBER_DIGITS_MAX) != count:
            raise Refusal(WrongCount(count))
        return True

    return read
