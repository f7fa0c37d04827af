"""The control interface and the stream of events, over HTTP."""

import asyncio
import json
from typing import Any

import aiohttp
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup

from sandbox.server import Sandbox
from tests.sandbox.cast import BUDI, NEW, SARI, Ask


async def test_every_act_answers_with_what_it_caused(control: Ask) -> None:
    acts: list[tuple[str, dict[str, Any], set[str]]] = [
        ("say", {"text": "x"}, {"update_id", "message_id", "event"}),
        ("start", {"payload": "A1"}, {"update_id", "message_id", "event"}),
        ("contact", {}, {"update_id", "message_id", "event"}),
        ("photo", {}, {"update_id", "message_id", "event"}),
        ("document", {"name": "a.txt"}, {"update_id", "message_id", "event"}),
        ("media", {"kind": "voice"}, {"update_id", "message_id", "event"}),
        ("edit", {"message_id": 1, "text": "y"}, {"update_id", "message_id", "event"}),
        ("pass_on", {"message_id": 1}, {"update_id", "message_id", "event"}),
        ("forge", {"message_id": 1, "data": "y"}, {"update_id", "callback_id", "event"}),
        ("block", {}, {"update_id", "event"}),
        ("unblock", {}, {"update_id", "event"}),
        ("read", {}, {"event"}),
    ]
    for act, fields, keys in acts:
        status, answer = await control(act, person=SARI, **fields)
        assert (act, status, set(answer)) == (act, 200, keys)


async def test_invalid_requests_are_answered_in_json(control: Ask, look: Ask) -> None:
    for act, fields, status in (
        ("say", {"person": 9, "text": "x"}, 404),
        ("say", {"person": SARI}, 400),
        ("say", {"person": SARI, "text": " "}, 400),
        ("say", {"person": SARI, "text": "x", "tone": "loud"}, 400),
        ("media", {"person": SARI, "kind": "smell"}, 400),
        ("people", {"people": [{"id": 1}]}, 400),
        ("group", {"chat": 5, "title": "x", "people": [SARI]}, 400),
    ):
        answer = await control(act, **fields)
        assert (act, answer[0], list(answer[1])) == (act, status, ["error"])
    assert (await look("/control/chat?person=9"))[0] == 404
    assert (await look("/control/chat?person=x"))[0] == 400
    assert (await look("/control/file?file_id=x"))[0] == 404


async def test_a_chat_shows_messages_keyboard_and_counts(bot: Bot, look: Ask) -> None:
    await bot.send_message(SARI, "1")
    await bot.send_message(SARI, "2", reply_markup=ReplyKeyboardMarkup([["A"]]))
    _, chat = await look(f"/control/chat?person={SARI}&after=1")
    assert [message["text"] for message in chat["messages"]] == ["2"]
    assert chat["reply_keyboard"]["keyboard"] == [[{"text": "A"}]]
    assert (chat["unread"], chat["started"], chat["blocked"]) == (2, True, False)


async def test_waiting_ends_when_the_bot_does_something(
    bot: Bot, telegram: Sandbox, look: Ask
) -> None:
    after = telegram.phones.say(SARI, "x")["event"]
    waiting = asyncio.create_task(look(f"/control/wait?person={SARI}&after={after}&timeout=5"))
    await asyncio.sleep(0.05)
    await bot.send_message(BUDI, "for somebody else")
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await bot.send_message(SARI, "y")
    _, answer = await waiting
    assert [event["kind"] for event in answer["events"]] == ["message"]
    assert answer["events"][0]["message"]["text"] == "y"
    _, nothing = await look(f"/control/wait?person={BUDI}&after={answer['event']}&timeout=0.05")
    assert nothing["events"] == []


async def test_the_log_lists_every_call(bot: Bot, ask: Ask, look: Ask) -> None:
    await bot.send_message(SARI, "1")
    await ask("sendMessage", chat_id=NEW, text="x")
    await bot.send_document(SARI, b"abc", filename="a.txt")
    _, log = await look("/control/log?after=1")
    sent, refused, file = log["requests"]
    assert (sent["method"], sent["person"], sent["outcome"]) == ("sendMessage", SARI, "ok")
    assert (sent["message_id"], sent["params"]["text"]) == (1, "1")
    assert refused["outcome"] == "400 Bad Request: chat not found"
    assert file["params"]["document"] == {"file": "a.txt", "size": 3}
    assert log["last"] == file["n"] == 4
    assert (await look("/control/violations"))[1] == {"violations": []}


async def test_people_can_be_added_while_it_runs(control: Ask, look: Ask) -> None:
    person = {
        "id": 9001,
        "first_name": "Dewi",
        "last_name": None,
        "username": None,
        "phone": "+62",
        "language_code": "en",
        "started": False,
        "show": True,
        "caption": "Prospek",
        "opens": "7K3M9QX2",
        "note": "",
    }
    status, answer = await control("people", people=[person])
    assert status == 200
    assert answer["people"][0]["opens"] == "7K3M9QX2"
    await control("start", person=9001)
    _, changed = await control("people", people=[{"id": 9001, "first_name": "Dewi Lestari"}])
    assert changed["people"][0]["started"]
    _, everybody = await look("/control/people")
    assert [one["id"] for one in everybody["people"]] == [SARI, BUDI, NEW, 9001]
    assert everybody["bot"]["username"] == "jualdulu_bot"


async def listened(stream: aiohttp.ClientResponse, until: str) -> list[dict[str, Any]]:
    """The events of a stream, up to the first of a kind."""
    events: list[dict[str, Any]] = []
    async with asyncio.timeout(5):
        async for line in stream.content:
            if line.startswith(b"data: "):
                events.append(json.loads(line.removeprefix(b"data: ")))
                if events[-1]["kind"] == until:
                    break
    return events


async def test_the_stream_replays_the_state_and_goes_on(
    bot: Bot, telegram: Sandbox, http: aiohttp.ClientSession, control: Ask
) -> None:
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Ya", callback_data="y")]])
    sent = await bot.send_message(SARI, "1", reply_markup=keys)
    moment = {"at": "2027-01-04T09:00:00+07:00", "label": {"id": "Kiat pagi", "en": "Tip"}}
    await control("upcoming", moments=[moment])
    await control("guide", guide={"steps": [{"name": "join", "done": False}]})
    async with http.get(f"{telegram.url}/events?after=0") as stream:
        assert stream.content_type == "text/event-stream"
        replay = [(await listened(stream, "unread"))]
        kinds = [event["kind"] for event in replay[0]]
        assert kinds == [
            "reset",
            "clock",
            "upcoming",
            "guide",
            "person",
            "message",
            "keyboard",
            "commands",
            "blocked",
            "unread",
        ]
        assert replay[0][2]["moments"] == [moment]
        assert replay[0][3]["guide"] == {"steps": [{"name": "join", "done": False}]}
        assert {event["n"] for event in replay[0]} == {telegram.world.events.last}
        query = telegram.phones.tap(SARI, sent.message_id, data="y")["callback_id"]
        await bot.send_chat_action(SARI, "typing")
        await bot.answer_callback_query(query, "Baik", show_alert=True)
        await bot.edit_message_text("2", SARI, sent.message_id)
        await bot.delete_message(SARI, sent.message_id)
        news = [event for event in await listened(stream, "delete") if event["person"] == SARI]
        assert [event["kind"] for event in news if event["n"] > replay[0][0]["n"]] == [
            "unread",
            "typing",
            "alert",
            "edit",
            "delete",
        ]


async def test_a_reader_that_reconnects_gets_the_events_it_missed(
    bot: Bot, telegram: Sandbox, http: aiohttp.ClientSession
) -> None:
    before = telegram.world.events.last
    await bot.send_message(SARI, "1")
    headers = {"Last-Event-ID": str(before)}
    async with http.get(f"{telegram.url}/events", headers=headers) as stream:
        missed = await listened(stream, "unread")
    assert [event["kind"] for event in missed] == ["message", "unread"]
    async with http.get(f"{telegram.url}/events?after=99999") as stream:
        assert (await listened(stream, "reset"))[0]["kind"] == "reset"


async def test_the_page_is_served(telegram: Sandbox, http: aiohttp.ClientSession) -> None:
    async with http.get(f"{telegram.url}/") as answer:
        assert answer.status == 200
        assert answer.content_type == "text/html"
    async with http.get(f"{telegram.url}/page/index.html") as answer:
        assert answer.status == 200
