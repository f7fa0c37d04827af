"""The steps of the first day: each tries one thing that only the real server can show."""

import asyncio
import io
import statistics
from collections.abc import Awaitable, Callable

import segno

from bot.cli.faults import CommandError
from bot.cli.first_day.line import Json, TimedAnswer
from bot.cli.first_day.probe import FETCH_SECONDS, Observation, Probe

__all__ = ["STEPS", "clear_away", "meet"]

HELD_SECONDS_MAX = 10
SLOW_SECONDS = 1
SKEW_SECONDS_MAX = 5
TOO_MANY = 429
BAD_REQUEST = 400
ALBUM_MIN = 2
TOO_LATE = "query is too old"
GONE = ("message to edit not found", "MESSAGE_ID_INVALID")


async def meet(probe: Probe, username: str) -> None:
    """Wait for the operator's /start, which opens the chat.

    Raises:
        CommandError: no /start came in time.
    """
    probe.operator.tell(f"On the phone, open https://t.me/{username} and send /start.")
    end = probe.clock.monotonic() + probe.waits.patience_seconds
    while probe.clock.monotonic() < end:
        for update in await probe.line.fetch(FETCH_SECONDS):
            message = update.get("message", {})
            private = message.get("chat", {}).get("type") == "private"
            if private and str(message.get("text", "")).startswith("/start"):
                probe.chat_id = message["chat"]["id"]
                return
    raise CommandError("No /start reached the bot, so there is no chat to try it in.")


async def quick_messages(probe: Probe) -> list[Observation]:
    """Many messages, one right after the other."""
    count, answers = probe.waits.messages, []
    for number in range(1, count + 1):
        answers.append(await probe.send(f"{number}/{count}"))
        if not answers[-1].ok:
            break
    saw = _timed(answers, count)
    last = answers[-1]
    if last.code == TOO_MANY:
        beside = await _set_menu(probe, 0)
        saw += f"; while the chat was closed, a menu was {beside.in_words()}"
        await probe.pause(last)
    expected = (
        "a burst of about 5, then about one a second; answers of up to 8 s instead of a "
        "refusal; a 429 only when the server would have to wait for longer"
    )
    slowest = max(answer.seconds for answer in answers)
    good = slowest < HELD_SECONDS_MAX and (last.ok or last.code == TOO_MANY)
    return [Observation("Quick messages", saw, expected, good)]


async def menus(probe: Probe) -> list[Observation]:
    """Many command menus for one chat, each different."""
    count, answers, saw, good = probe.waits.menus, [], "", True
    for number in range(1, count + 1):
        answers.append(await _set_menu(probe, number))
        if not answers[-1].ok:
            break
    saw = _timed(answers, count)
    last = answers[-1]
    if last.code == TOO_MANY:
        beside = await probe.send("·")
        saw += f"; meanwhile a message was {beside.in_words()}"
        good = beside.ok
    expected = "no limit is published; a 429 here stops only menus, not messages"
    return [Observation("Menus", saw, expected, good and (last.ok or last.code == TOO_MANY))]


async def taps(probe: Probe) -> list[Observation]:
    """Taps that are not fetched for a while."""
    return [await _tap(probe, seconds) for seconds in probe.waits.taps_after_seconds]


async def edit_of_deleted(probe: Probe) -> list[Observation]:
    """An edit of a message that was deleted on the phone."""
    sent = await probe.send("🗑")
    expected = f"400 with {GONE[0]!r} or {GONE[1]!r}"
    if not sent.ok:
        return [Observation("Edit of a deleted message", sent.in_words(), expected, False)]
    await probe.operator.until_done("On the phone, delete the newest message for both sides.")
    where = {"chat_id": probe.chat_id, "message_id": sent.result["message_id"]}
    edited = await probe.line.call("editMessageText", text="✏️", **where)
    good = edited.code == BAD_REQUEST and any(words in edited.words for words in GONE)
    return [Observation("Edit of a deleted message", edited.in_words(), expected, good)]


async def album(probe: Probe) -> list[Observation]:
    """An album from the phone."""
    probe.operator.tell("On the phone, send two or more photos as one album, with a caption.")
    answers: list[list[Json]] = []
    end = probe.clock.monotonic() + probe.waits.patience_seconds
    while probe.clock.monotonic() < end:
        updates = await probe.line.fetch(probe.waits.album_seconds)
        photos = [update["message"] for update in updates if "photo" in update.get("message", {})]
        if photos:
            answers.append(photos)
        elif answers:
            break
    found = [photo for photos in answers for photo in photos]
    groups = {photo.get("media_group_id") for photo in found}
    captions = [number for number, photo in enumerate(found, 1) if photo.get("caption")]
    saw = (
        f"{len(found)} messages in {len(answers)} answers, {len(groups)} media_group_id, "
        f"captions on {captions or 'none'}"
    )
    expected = "one message a photo, all with one media_group_id, the caption on the first"
    good = len(found) >= ALBUM_MIN and len(groups) == 1 and captions in ([], [1])
    return [Observation("Album", saw, expected, good and None not in groups)]


async def same_photo(probe: Probe) -> list[Observation]:
    """The same photo twice: sent as a file, and again by its file_id."""
    picture = io.BytesIO()
    segno.make_qr("first day").save(picture, kind="png", scale=8)
    chat = str(probe.chat_id)
    first = await probe.line.upload("sendPhoto", "photo", picture.getvalue(), chat_id=chat)
    expected = "both taken, the same file_unique_id, the second one no slower"
    if not first.ok:
        return [Observation("The same photo twice", first.in_words(), expected, False)]
    sent = first.result["photo"][-1]
    again = await probe.line.call("sendPhoto", chat_id=probe.chat_id, photo=sent["file_id"])
    same = again.ok and again.result["photo"][-1]["file_unique_id"] == sent["file_unique_id"]
    identity = "the same" if same else "not the same"
    saw = f"first {first.in_words()}, then {again.in_words()}; {identity} file_unique_id"
    return [Observation("The same photo twice", saw, expected, same)]


async def dates(probe: Probe) -> list[Observation]:
    """The Date header of each answer."""
    await probe.line.call("getMe")
    skews, answers = probe.line.skews, probe.line.answers
    worst = max(map(abs, skews), default=0.0)
    saw = f"a Date on {len(skews)} of {answers} answers, at most {worst:.0f} s from this machine"
    expected = f"on every answer, within {SKEW_SECONDS_MAX} s of a machine with the right time"
    good = len(skews) == answers and worst <= SKEW_SECONDS_MAX
    return [Observation("Date of the answers", saw, expected, good)]


async def clear_away(probe: Probe) -> None:
    """Delete the menu and confirm the updates that are left."""
    await probe.line.call("deleteMyCommands", scope=_scope(probe))
    await probe.line.fetch(0)
    await probe.line.fetch(0)


STEPS: tuple[Callable[[Probe], Awaitable[list[Observation]]], ...] = (
    quick_messages,
    menus,
    taps,
    edit_of_deleted,
    album,
    same_photo,
    dates,
)


async def _set_menu(probe: Probe, number: int) -> TimedAnswer:
    commands = [{"command": f"probe{number}", "description": "probe"}]
    return await probe.line.call("setMyCommands", commands=commands, scope=_scope(probe))


def _scope(probe: Probe) -> dict[str, object]:
    return {"type": "chat", "chat_id": probe.chat_id}


async def _tap(probe: Probe, seconds: float) -> Observation:
    what = f"A tap fetched after {seconds:g} s"
    expected = "it comes, as it is kept for 150 s; its answer is too late after about 15 s"
    data = f"tap {seconds:g}"
    keys = {"inline_keyboard": [[{"text": "👆", "callback_data": data}]]}
    sent = await probe.send(f"👆 {seconds:g}", reply_markup=keys)
    if not sent.ok:
        return Observation(what, sent.in_words(), expected, False)
    await probe.operator.until_done("On the phone, tap the button under the newest message.")
    probe.operator.tell(f"Waiting for {seconds:g} s.")
    await asyncio.sleep(seconds)
    for update in await probe.line.fetch(FETCH_SECONDS):
        tap = update.get("callback_query", {})
        if tap.get("data") == data:
            answer = await probe.line.call(
                "answerCallbackQuery", callback_query_id=tap["id"], text="✓"
            )
            good = answer.ok or (answer.code == BAD_REQUEST and TOO_LATE in answer.words)
            return Observation(
                what, f"it came; its answer was {answer.in_words()}", expected, good
            )
    return Observation(what, "it never came", expected, False)


def _timed(answers: list[TimedAnswer], wanted: int) -> str:
    taken = [answer.seconds for answer in answers if answer.ok]
    words = f"{len(taken)} of {wanted} taken in {sum(answer.seconds for answer in answers):.1f} s"
    if taken:
        slow = sum(seconds > SLOW_SECONDS for seconds in taken)
        median = statistics.median(taken)
        words += (
            f", median {median:.2f} s, slowest {max(taken):.1f} s, {slow} above {SLOW_SECONDS} s"
        )
    if not answers[-1].ok:
        words += f"; then {answers[-1].in_words()}"
    return words
