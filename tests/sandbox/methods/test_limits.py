"""What Telegram cuts off in silence is done in silence, and noted; what it refuses is refused."""

import io
import json
from typing import Any

import aiohttp
import pytest
from telegram import Bot
from telegram.error import BadRequest

from sandbox.entities import size_of
from sandbox.server import Sandbox
from tests.sandbox.cast import SARI, Ask

EMOJI = "\N{SLIGHTLY SMILING FACE}"


def button(number: int, words: str | None = None) -> dict[str, Any]:
    return {"text": str(number) if words is None else words, "callback_data": str(number)}


def rows(count: int, width: int) -> list[list[dict[str, Any]]]:
    return [[button(row * width + at) for at in range(width)] for row in range(count)]


async def test_of_a_row_twelve_buttons_are_shown_and_the_rest_is_a_violation(
    ask: Ask, telegram: Sandbox
) -> None:
    markup = {"inline_keyboard": [rows(1, 14)[0], rows(1, 2)[0]]}
    status, answer = await ask("sendMessage", chat_id=SARI, text="x", reply_markup=markup)
    assert status == 200
    shown = answer["result"]["reply_markup"]["inline_keyboard"]
    assert [len(row) for row in shown] == [12, 2]
    (noted,) = telegram.violations
    assert noted["description"] == "sandbox: 2 buttons of a row are cut off"


async def test_of_a_keyboard_three_hundred_keys_are_shown(ask: Ask, telegram: Sandbox) -> None:
    markup = {"keyboard": [[{"text": str(at)} for at in range(12)] for _ in range(26)]}
    assert (await ask("sendMessage", chat_id=SARI, text="x", reply_markup=markup))[0] == 200
    shown = telegram.views.chat(SARI)["reply_keyboard"]["keyboard"]
    assert sum(map(len, shown)) == 300
    assert len(telegram.violations) == 1


async def test_a_button_without_words_is_left_out(ask: Ask, telegram: Sandbox) -> None:
    markup = {"inline_keyboard": [[button(1), button(2, "")], [button(3, " ")]]}
    _, answer = await ask("sendMessage", chat_id=SARI, text="x", reply_markup=markup)
    assert answer["result"]["reply_markup"] == {"inline_keyboard": [[button(1)]]}
    assert len(telegram.violations) == 2


async def test_the_first_of_several_actions_counts(ask: Ask, telegram: Sandbox) -> None:
    both = {"text": "x", "callback_data": "y", "url": "https://t.me/x"}
    markup = {"inline_keyboard": [[both]]}
    _, answer = await ask("sendMessage", chat_id=SARI, text="x", reply_markup=markup)
    ((shown,),) = answer["result"]["reply_markup"]["inline_keyboard"]
    assert shown == {"text": "x", "url": "https://t.me/x"}
    assert len(telegram.violations) == 1


@pytest.mark.parametrize(
    "markup",
    [
        {"inline_keyboard": rows(26, 4)},
        {"inline_keyboard": [[button(row, "x" * 200)] for row in range(60)]},
        {"keyboard": [[{"text": "x" * 200}] for _ in range(60)]},
    ],
)
async def test_a_markup_that_is_too_long_is_refused(
    ask: Ask, telegram: Sandbox, markup: dict[str, Any]
) -> None:
    status, answer = await ask("sendMessage", chat_id=SARI, text="x", reply_markup=markup)
    assert (status, answer["description"]) == (400, "Bad Request: reply markup is too long")
    assert len(telegram.violations) == 1


async def test_length_is_counted_in_code_points(bot: Bot) -> None:
    assert (await bot.send_message(SARI, EMOJI * 4096)).text == EMOJI * 4096
    with pytest.raises(BadRequest, match=r"^Message is too long$"):
        await bot.send_message(SARI, EMOJI * 4097)


async def test_entities_together_have_a_length_and_beyond_a_hundred_are_plain(
    ask: Ask, telegram: Sandbox
) -> None:
    link = f"https://t.me/{'x' * 400}"
    text = " ".join(f'<a href="{link}{at}">x</a>' for at in range(25))
    _, answer = await ask("sendMessage", chat_id=SARI, text=text, parse_mode="HTML")
    assert answer["description"] == "Bad Request: ENTITIES_TOO_LONG"
    assert len(telegram.violations) == 1
    text = " ".join("<b>x</b>" for _ in range(101))
    _, answer = await ask("sendMessage", chat_id=SARI, text=text, parse_mode="HTML")
    assert len(answer["result"]["entities"]) == 100
    assert len(telegram.violations) == 2
    assert size_of(answer["result"]["entities"]) < 2000


async def test_a_caption_that_is_too_long_has_another_error_in_an_edit(ask: Ask, bot: Bot) -> None:
    sent = await bot.send_document(SARI, b"x", filename="x.txt", caption="x")
    _, answer = await ask(
        "editMessageCaption", chat_id=SARI, message_id=sent.message_id, caption="x" * 1025
    )
    assert answer["description"] == "Bad Request: MESSAGE_TOO_LONG"


async def test_all_parameters_together_are_at_most_a_mebibyte(
    telegram: Sandbox, http: aiohttp.ClientSession
) -> None:
    url = f"{telegram.url}/bot{telegram.token}/sendMessage"
    fields = {"chat_id": str(SARI), "text": "x" * 1024 * 1024}
    multipart = aiohttp.FormData(fields, default_to_multipart=True)
    for body in (multipart, io.BytesIO(json.dumps(fields).encode())):
        kind = {} if body is multipart else {"Content-Type": "application/json"}
        async with http.post(url, data=body, headers=kind) as answer:
            assert answer.status == 413
            assert (await answer.json())["error_code"] == 413
