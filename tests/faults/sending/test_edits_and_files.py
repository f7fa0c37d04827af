"""A message that can no longer be changed, and a picture that this bot cannot show."""

from typing import Any

import pytest
from sqlalchemy import Connection

from bot.store.queue import attachments, outbox
from tests.chats.directives import DOT
from tests.faults.looking import messages_to, of_chats, requests, said, until
from tests.stage import Stage

WRONG = (
    "Bad Request: wrong file identifier/HTTP URL specified",
    "Bad Request: wrong remote file identifier specified: Wrong character in the string",
)


@pytest.mark.parametrize(
    "words",
    [
        "Bad Request: MESSAGE_ID_INVALID",
        "Bad Request: message to edit not found",
        "Bad Request: message can't be edited",
        "Bad Request: message identifier is not specified",
    ],
)
async def test_an_answer_that_finds_no_message_to_change_is_a_new_one(
    stage: Stage, words: str
) -> None:
    sari = stage.user("Sari")
    stage.telegram.phones.say(sari, "/jual")
    await stage.settle()
    message = stage.telegram.views.chat(sari)["messages"][-1]
    stage.telegram.disturb("error", method="editMessageText", code=400, words=words)
    stage.telegram.phones.tap(sari, message["message_id"], label="Sabun Sereh")
    await stage.settle()
    assert "Berapa" in said(stage, "Sari")[-1]
    assert of_chats(stage, "editMessageText", "sendMessage")[-2:] == [
        "editMessageText",
        "sendMessage",
    ]


async def _put_photo(
    stage: Stage, key: str, payload: dict[str, Any], method: str = "sendPhoto"
) -> None:
    def unit(conn: Connection) -> None:
        outbox.put(
            conn,
            key=key,
            chat_id=stage.user("Sari"),
            kind="answer",
            method=method,
            payload=payload,
            at=stage.clock.now(),
        )

    await stage.write(unit)
    stage.app.sender.wake()
    await stage.settle()


async def _picture(stage: Stage) -> str:
    digest: str = await stage.write(lambda conn: attachments.keep(conn, "satu.png", DOT))
    return digest


def _photos(stage: Stage) -> list[dict[str, Any]]:
    chat = stage.telegram.views.chat(stage.user("Sari"))
    return [each for each in chat["messages"] if "photo" in each]


async def test_the_id_of_a_picture_belongs_to_the_bot_that_sent_it(stage: Stage) -> None:
    digest = await _picture(stage)
    other = stage.telegram.world.bot.id + 1
    await stage.write(lambda conn: attachments.remember(conn, digest, other, "AgACforeign"))
    await _put_photo(stage, "satu", {"attachment": digest, "caption": "Sabun"})
    assert len(_photos(stage)) == 1
    assert len(requests(stage, "sendPhoto")) == 1, "the foreign id was not even tried"
    mine = stage.telegram.world.bot.id
    known = await stage.read(lambda conn: attachments.file_id(conn, digest, mine))
    assert known == _photos(stage)[0]["photo"][-1]["file_id"]
    await _put_photo(stage, "dua", {"attachment": digest, "caption": "Sabun"})
    assert len(_photos(stage)) == 2


@pytest.mark.parametrize("words", WRONG)
async def test_a_picture_whose_id_is_wrong_is_uploaded_again(stage: Stage, words: str) -> None:
    digest, mine = await _picture(stage), stage.telegram.world.bot.id
    await stage.write(lambda conn: attachments.remember(conn, digest, mine, "AgACold"))
    stage.telegram.disturb("error", method="sendPhoto", code=400, words=words)
    await _put_photo(stage, "satu", {"attachment": digest, "caption": "Sabun"})
    [photo] = _photos(stage)
    assert photo["caption"] == "Sabun"
    known = await stage.read(lambda conn: attachments.file_id(conn, digest, mine))
    assert known == photo["photo"][-1]["file_id"]


@pytest.mark.parametrize("words", WRONG)
@pytest.mark.parametrize("method", ["sendPhoto", "sendDocument"])
async def test_a_picture_that_was_sent_to_another_bot_becomes_its_caption(
    stage: Stage, words: str, method: str
) -> None:
    kind = "photo" if method == "sendPhoto" else "document"
    stage.telegram.disturb("error", method=method, code=400, words=words)
    await _put_photo(stage, "satu", {kind: "AgACforeign", "caption": "<b>Bukti</b>"})
    [words_alone] = said(stage, "Sari")
    assert words_alone.startswith("Bukti\n\n")
    assert "tidak bisa kami tampilkan" in words_alone
    assert [each.state for each in await messages_to(stage, "Sari")] == ["sent"]


async def test_a_picture_that_telegram_refuses_becomes_its_caption(stage: Stage) -> None:
    digest = await _picture(stage)
    stage.telegram.disturb(
        "error", method="sendPhoto", code=400, words="Bad Request: PHOTO_INVALID_DIMENSIONS"
    )
    await _put_photo(stage, "satu", {"attachment": digest, "caption": "Sabun"})
    await until(lambda: len(said(stage, "Sari")) == 1)
    assert said(stage, "Sari")[0].startswith("Sabun\n\n")


async def test_a_failed_picture_without_a_caption_is_reported(stage: Stage) -> None:
    stage.telegram.disturb("error", method="sendPhoto", code=400, words=WRONG[0])
    await _put_photo(stage, "satu", {"photo": "AgACforeign"})
    assert said(stage, "Sari") == [
        "Foto atau dokumen di pesan ini tidak bisa kami tampilkan lagi."
    ]


async def test_a_document_of_ours_is_uploaded_once_and_sent_by_its_id_then(stage: Stage) -> None:
    digest: str = await stage.write(lambda conn: attachments.keep(conn, "bonus.csv", b"a,b\r\n"))
    payload = {"attachment": digest, "caption": "Rincian"}
    for key in ("satu", "dua"):
        await _put_photo(stage, key, payload, "sendDocument")
    chat = stage.telegram.views.chat(stage.user("Sari"))["messages"]
    files = [each for each in chat if "document" in each]
    assert [(each["caption"], each["document"]["file_name"]) for each in files] == [
        ("Rincian", "bonus.csv"),
        ("Rincian", "bonus.csv"),
    ]
    [file_id] = {each["document"]["file_id"] for each in files}
    stored = stage.telegram.world.files.by_id(file_id)
    assert stored is not None
    assert stored.content == b"a,b\r\n"
    mine = stage.telegram.world.bot.id
    assert await stage.read(lambda conn: attachments.file_id(conn, digest, mine)) == file_id
    stage.telegram.disturb("error", method="sendDocument", code=400, words=WRONG[0])
    await _put_photo(stage, "tiga", payload, "sendDocument")
    chat = stage.telegram.views.chat(stage.user("Sari"))["messages"]
    assert len([each for each in chat if "document" in each]) == 3, "it is uploaded again"
