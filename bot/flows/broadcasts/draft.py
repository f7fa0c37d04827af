"""Writing a broadcast: the text, a file, a preview, the audience, the time, a confirmation."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.conversation.messages import Message, Question, Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.core.input.clock_times import NotATime
from bot.core.input.coming_moments import read_moment
from bot.core.input.typed import clean_text
from bot.core.input.yesno import yes_or_no
from bot.core.messaging.broadcasts import (
    PER_DAY_MAX,
    TYPED_FROM,
    Audience,
    audience_of,
    course_of,
    without_tags,
)
from bot.core.messaging.claims import claims_in
from bot.core.messaging.impostors import chats_in
from bot.flows.answers import button_number
from bot.flows.broadcasts.broadcast_messages import (
    ChooseAudience,
    ClaimsRefused,
    HourOutside,
    NobodyThere,
    NotAFile,
    NothingSentOn,
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
    OfferedTime,
    TypeCount,
)
from bot.flows.broadcasts.draft_lookups import (
    AudienceSizes,
    BodyFault,
    BotName,
    PreviewOf,
    Ranks,
    SendBroadcast,
    SentToday,
)
from bot.flows.caller import Caller

__all__ = ["NUMBER_DIGITS_MAX", "body_read", "claims_allowed", "write"]

OFFERED_TIMES: Final = (time(9), time(10, 30), time(13, 30), time(16, 30), time(19, 30))
DAYS_AHEAD_MAX: Final = 60
NOW: Final = frozenset({"sekarang", "now", "skrg", "langsung"})
NUMBER_DIGITS_MAX: Final = 8
PASTED_CHARACTERS_MAX: Final = 10_000
MINUTE: Final = timedelta(minutes=1)
_SILENT: Final = re.compile(r"(?<![0-9])([0-9]{1,3})\s?(?:hari|hr|hri|days?)\b", re.IGNORECASE)


def write(caller: Caller, _rest: str) -> Flow[Message | SendBroadcast]:
    """Ask for the text, the file, the audience and the time, and confirm."""
    if (yield from find(SentToday())) >= PER_DAY_MAX:
        return TooManyToday(PER_DAY_MAX)
    while True:
        body, claims = yield from _ask_body(caller)
        file_id, file_kind = yield from _ask_file(body)
        sample = yield from find(PreviewOf(body, file_id, file_kind))
        member = caller.me is not None
        ranks = yield from find(Ranks())
        wish: tuple[Audience | None, datetime] = yield from ask(
            AskAudience(sample, own=member, team=member, ranks=ranks), _read_audience
        )
        audience, chosen_at = wish
        if audience is not None:
            break
    rank_name = next((each.name for each in ranks if each.slug == audience.rank), "")
    sizes = dict((yield from find(AudienceSizes(audience, chosen_at))))
    count = sum(sizes.values())
    if count == 0:
        raise Refusal(NobodyThere(audience, rank_name), AskAudience)
    sending = caller.company.sending
    minutes = -(-count // (sending.bulk_per_second * 60))
    starts_at: datetime = yield from ask(
        AskWhen(audience, rank_name, count, minutes, _offered(caller, chosen_at)),
        _when_read_for(caller),
    )
    course = course_of(starts_at, sizes, sending.bulk_per_second, sending)
    soon = course.ends_at - starts_at <= minutes * MINUTE
    facts = (audience, rank_name, count, minutes, starts_at, course.ends_at, soon, course.later)
    if count < TYPED_FROM:
        yield from ask(ConfirmBroadcast(*facts), _read_yes)
    else:
        yield from ask(TypeCount(*facts), _count_read_as(count))
    return SendBroadcast(body, file_id, file_kind, audience, chosen_at, starts_at, claims)


def _ask_body(caller: Caller) -> Flow[tuple[str, tuple[str, ...]]]:
    """Ask for the text; returns it with the claims and links that an admin allowed."""
    while True:
        body: str = yield from ask(AskBody(), body_read(TextFirst()))
        claims = yield from claims_allowed(caller, body, AskBody, caption=False)
        if claims is not None:
            return body, claims


def body_read(file_came: Message) -> Callable[[Answer], str]:
    """Returns the parser of a text; `file_came` says what to do about a file in its place."""

    def read(answer: Answer) -> str:
        if answer.kind != "text":
            raise Refusal(file_came)
        return clean_text(answer.value, PASTED_CHARACTERS_MAX)

    return read


def claims_allowed(
    caller: Caller, body: str, asked: type[Question], *, caption: bool
) -> Flow[tuple[str, ...] | None]:
    """Returns the claims and links that an admin allowed; None to have it rewritten.

    Args:
        caller: only an admin may let claims pass.
        body: the text.
        asked: the question that the text answers.
        caption: whether it stands under a file that is there already.

    Raises:
        Refusal: the text cannot be sent.
    """
    fault = yield from find(BodyFault(body, caption=caption, stays=caption))
    if fault is not None:
        raise Refusal(fault, asked)
    read = without_tags(body)
    claims, chats = claims_in(read), chats_in(read, (yield from find(BotName())))
    if not claims and not chats:
        return ()
    if "admin" not in caller.roles:
        raise Refusal(ClaimsRefused(claims, chats), asked)
    goes_on: bool = yield from ask(AskDespiteClaims(claims, chats), _read_despite)
    return claims + chats if goes_on else None


def _ask_file(body: str) -> Flow[tuple[str, str]]:
    file: tuple[str, str] = yield from ask(AskFile(), _read_file)
    if file[1]:
        fault = yield from find(BodyFault(body, caption=True))
        if fault is not None:
            raise Refusal(fault, AskFile)
    return file


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


def _read_audience(answer: Answer) -> tuple[Audience | None, datetime]:
    """Returns the audience; None where the text is to be written again."""
    if answer.kind == "tap":
        return audience_of(answer.value), answer.at
    days = _SILENT.search(answer.value) if answer.kind == "text" else None
    silent = audience_of(f"silent:{int(days[1])}") if days is not None else None
    if silent is None:
        raise Refusal(ChooseAudience())
    return silent, answer.at


def _offered(caller: Caller, now: datetime) -> tuple[OfferedTime, ...]:
    """Returns the usual times at which something is sent, those of today that are left first."""
    sending = caller.company.sending
    local = now.astimezone(ZoneInfo(_zone(caller)))
    days = (local.date(), local.date() + timedelta(days=1))
    return tuple(
        OfferedTime(day, wall.hour, wall.minute, today=day == days[0])
        for day in days
        for wall in OFFERED_TIMES
        if (wall > local.time()) == (day == days[0])
        and not sending.rests_on(day)
        and _within(caller, day, wall)
    )


def _within(caller: Caller, day: date, wall: time) -> bool:
    opens, closes = caller.company.sending.window_on(day)
    return opens <= wall < closes


def _zone(caller: Caller) -> str:
    return caller.me.zone if caller.me is not None else caller.company.time_zone


def _when_read_for(caller: Caller) -> Callable[[Answer], datetime]:
    sending, zone = caller.company.sending, _zone(caller)

    def read(answer: Answer) -> datetime:
        if answer.kind not in {"tap", "text"}:
            raise Refusal(NotATime(""))
        if answer.value.casefold().strip() in NOW:
            return answer.at
        moment = read_moment(answer.value, answer.at, zone, DAYS_AHEAD_MAX)
        local = moment.astimezone(ZoneInfo(zone))
        if sending.rests_on(local.date()):
            raise Refusal(NothingSentOn(local.date()))
        if not _within(caller, local.date(), local.time()):
            opens, closes = sending.window_on(local.date())
            raise Refusal(HourOutside(f"{opens:%H:%M}", f"{closes:%H:%M}"))
        return moment

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
