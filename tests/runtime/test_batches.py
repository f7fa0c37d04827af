"""How an answer to getUpdates is read, and in which lane each update waits."""

import json
from typing import Any

import pytest
from telegram import Bot, Update
from telegram.ext import ApplicationBuilder, ContextTypes

from bot.handlers import LISTENED, UPDATES, register
from bot.handlers.context import BotContext, BotData
from bot.runtime.update_batches import (
    Batch,
    MalformedAnswerError,
    PollConflictError,
    PollRefusedError,
    UnreadableBatchError,
    lane_of,
    read_batch,
)
from bot.telegram_api.http import RETRY_AFTER_SECONDS_MAX
from sandbox.checks import published

PERSON = {"id": 5_002, "is_bot": False, "first_name": "Sari"}
PRIVATE = {"id": 5_002, "type": "private", "first_name": "Sari"}
GROUP = {"id": -500, "type": "supergroup", "title": "Grup"}
MEMBER = {"user": {"id": 1, "is_bot": True, "first_name": "bot"}, "status": "member"}
BANNED = {**MEMBER, "status": "kicked", "until_date": 0}
REACTION = {"date": 1, "message_id": 7, "old_reaction": [], "new_reaction": []}
MESSAGE = {"message_id": 7, "date": 1, "chat": PRIVATE, "from": PERSON}
FILE = {"file_id": "F", "file_unique_id": "U"}
PICTURE = {**FILE, "width": 90, "height": 90}
POLL = {
    "id": "9",
    "question": "?",
    "options": [],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
BOOST = {"boost_id": "b", "source": {"source": "premium", "user": PERSON}}

WAYS: dict[str, list[dict[str, Any]]] = {
    "message": [
        {**MESSAGE, "text": "halo"},
        {**MESSAGE, "contact": {"phone_number": "+62", "first_name": "Sari"}},
        {**MESSAGE, "photo": [PICTURE]},
        {**MESSAGE, "document": FILE},
        {**MESSAGE, "voice": {**FILE, "duration": 3}},
    ],
    "edited_message": [{**MESSAGE, "text": "halo"}],
    "channel_post": [{**MESSAGE, "chat": GROUP}],
    "edited_channel_post": [{**MESSAGE, "chat": GROUP}],
    "business_connection": [
        {"id": "b", "user": PERSON, "user_chat_id": 5_002, "date": 1, "is_enabled": True}
    ],
    "business_message": [MESSAGE],
    "edited_business_message": [MESSAGE],
    "deleted_business_messages": [
        {"business_connection_id": "b", "chat": PRIVATE, "message_ids": [7]}
    ],
    "guest_message": [MESSAGE],
    "message_reaction": [{**REACTION, "chat": PRIVATE, "user": PERSON}],
    "message_reaction_count": [{"date": 1, "message_id": 7, "chat": GROUP, "reactions": []}],
    "inline_query": [{"id": "q", "from": PERSON, "query": "sabun", "offset": ""}],
    "chosen_inline_result": [{"result_id": "r", "from": PERSON, "query": "sabun"}],
    "callback_query": [
        {"id": "q", "from": PERSON, "chat_instance": "1", "data": "/menu", "message": MESSAGE},
        {"id": "q", "from": PERSON, "chat_instance": "1", "data": "/menu"},
    ],
    "shipping_query": [
        {
            "id": "q",
            "from": PERSON,
            "invoice_payload": "p",
            "shipping_address": {
                "country_code": "ID",
                "state": "",
                "city": "Makassar",
                "street_line1": "",
                "street_line2": "",
                "post_code": "",
            },
        }
    ],
    "pre_checkout_query": [
        {"id": "q", "from": PERSON, "currency": "IDR", "total_amount": 1, "invoice_payload": "p"}
    ],
    "purchased_paid_media": [{"from": PERSON, "paid_media_payload": "p"}],
    "poll": [POLL],
    "poll_answer": [
        {"poll_id": "9", "user": PERSON, "option_ids": [1], "option_persistent_ids": ["1"]}
    ],
    "my_chat_member": [
        {
            "chat": PRIVATE,
            "from": PERSON,
            "date": 1,
            "old_chat_member": MEMBER,
            "new_chat_member": BANNED,
        }
    ],
    "chat_member": [
        {
            "chat": GROUP,
            "from": PERSON,
            "date": 1,
            "old_chat_member": MEMBER,
            "new_chat_member": BANNED,
        }
    ],
    "chat_join_request": [{"chat": GROUP, "from": PERSON, "user_chat_id": 5_002, "date": 1}],
    "chat_boost": [{"chat": GROUP, "boost": {**BOOST, "add_date": 1, "expiration_date": 2}}],
    "removed_chat_boost": [{"chat": GROUP, "remove_date": 1, **BOOST}],
    "managed_bot": [{"user": PERSON, "bot": MEMBER["user"]}],
    "subscription": [{"user": PERSON, "invoice_payload": "p", "state": "active"}],
    "stopped_message_generation": [{"chat": PRIVATE, "draft_id": 1}],
}
OF_A_GROUP = {
    "channel_post",
    "edited_channel_post",
    "message_reaction_count",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
}
SAMPLES = [
    pytest.param(kind, way, id=f"{kind} {number}")
    for kind, ways in WAYS.items()
    for number, way in enumerate(ways)
]


def test_there_is_an_example_of_every_type_of_update() -> None:
    known = set(published()["types"]["Update"]) - {"update_id"}
    assert set(WAYS) == known
    assert {str(kind) for kind in Update.ALL_TYPES} <= known


@pytest.mark.parametrize(("kind", "way"), SAMPLES)
def test_all_that_a_person_does_in_private_waits_in_one_lane(
    kind: str, way: dict[str, Any]
) -> None:
    lane = lane_of({"update_id": 12, kind: way})
    if kind == "poll":
        assert lane == "update 12"
    else:
        assert lane == ("chat -500" if kind in OF_A_GROUP else "chat 5002")


@pytest.mark.parametrize(
    "number",
    ["5", True, 1.5, None, [1], 2**80, "x" * 100_000],
    ids=lambda number: repr(number)[:9],
)
def test_a_chat_without_a_number_makes_no_lane(number: object) -> None:
    update = {"update_id": 12, "message": {"chat": {"id": number}, "from": {"id": number}}}
    assert lane_of(update) == "update 12"


@pytest.mark.parametrize(("kind", "way"), SAMPLES)
def test_telegram_is_asked_for_just_what_the_handlers_take(kind: str, way: dict[str, Any]) -> None:
    update = Update.de_json({"update_id": 12, kind: way}, Bot("1:x"))
    takers = {listed for listed, handler in LISTENED if handler.check_update(update)}
    assert takers == ({kind} if kind in UPDATES else set())


def test_no_handler_is_registered_beside_the_list() -> None:
    contexts = ContextTypes(context=BotContext, bot_data=BotData)
    builder = ApplicationBuilder().token("1:x").updater(None).job_queue(None)
    application = builder.context_types(contexts).build()
    register(application)
    assert application.handlers == {0: [handler for _, handler in LISTENED]}


def answer(**fields: Any) -> bytes:
    return json.dumps(fields).encode()


def test_good_updates_beside_bad_ones_are_kept() -> None:
    good = {"update_id": 7, "message": MESSAGE}
    batch = read_batch(answer(ok=True, result=[None, good, {"update_id": True}]), 200)
    assert batch == Batch([(7, "chat 5002", json.dumps(good))], [good], dropped=2)
    assert batch.following == 8


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"null",
        b"[]",
        b"5",
        b'{"ok":true}',
        b'{"ok":true,"result":null}',
        b'{"ok":true,"result":{}}',
        b'{"ok":true,"result":true}',
        b'{"ok":true,"result":"[]"}',
        b'{"ok":true,"result":[null]}',
    ],
)
def test_what_is_no_answer_of_the_bot_api_is_refused(body: bytes) -> None:
    with pytest.raises(MalformedAnswerError):
        read_batch(body, 200)


@pytest.mark.parametrize(
    "trap", [b"[" * 99_999 + b"]" * 99_999, b"9" * 5_000], ids=["deep", "digits"]
)
def test_what_no_parser_takes_is_too_much(trap: bytes) -> None:
    with pytest.raises(UnreadableBatchError):
        read_batch(b'{"ok":true,"result":[{"update_id":1,"x":' + trap + b"}]}", 200)


@pytest.mark.parametrize(
    ("expected", "wait", "asked"),
    [
        (3, 3, 0),
        (2.5, 2.5, 0),
        (-3, 0, 0),
        (-(10**400), 0, 0),
        ("3", 0, 0),
        (True, 0, 0),
        (None, 0, 0),
        (float("nan"), 0, 0),
        (float("inf"), RETRY_AFTER_SECONDS_MAX, 10**9),
        (RETRY_AFTER_SECONDS_MAX, RETRY_AFTER_SECONDS_MAX, 0),
        (31_536_000, RETRY_AFTER_SECONDS_MAX, 31_536_000),
        (10**400, RETRY_AFTER_SECONDS_MAX, 10**9),
    ],
    ids=lambda value: repr(value)[:12],
)
def test_only_a_sensible_wait_is_kept(expected: object, wait: float, asked: float) -> None:
    body = answer(ok=False, error_code=429, parameters={"retry_after": expected})
    with pytest.raises(PollRefusedError) as refused:
        read_batch(body, 429)
    assert (refused.value.wait, refused.value.asked) == (wait, asked)


@pytest.mark.parametrize("parameters", [None, [], "x", 5, {"retry_after": {}}])
def test_parameters_of_any_shape_are_tolerated(parameters: object) -> None:
    with pytest.raises(PollRefusedError, match="answer 429"):
        read_batch(answer(ok=False, error_code=429, parameters=parameters), 429)


@pytest.mark.parametrize(
    ("words", "webhook"),
    [
        ("Conflict: can't use getUpdates method while webhook is active; use deleteWebhook", True),
        ("Conflict: terminated by setWebhook request", True),
        ("Conflict: terminated by other getUpdates request; make sure that only one", False),
        (None, False),
    ],
)
def test_the_two_conflicts_are_distinguished(words: str | None, *, webhook: bool) -> None:
    with pytest.raises(PollConflictError) as conflict:
        read_batch(answer(ok=False, error_code=409, description=words), 409)
    assert conflict.value.webhook is webhook
