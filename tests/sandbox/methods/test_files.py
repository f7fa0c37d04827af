"""Photos and documents of the bot's."""

import base64
import io

import aiohttp
import pytest
from telegram import Bot, InputFile
from telegram.error import BadRequest

from sandbox.files import PHOTO_BYTES_MAX, blank_picture, image_size
from sandbox.server import Sandbox
from tests.sandbox.cast import BUDI, PEOPLE, SARI, Ask, bot_for

PICTURE = blank_picture(40)


async def test_a_photo_is_sent_kept_and_sent_again_by_its_id(bot: Bot) -> None:
    sent = await bot.send_photo(SARI, PICTURE, caption="<b>QR</b>", parse_mode="HTML")
    (size,) = sent.photo
    assert (size.width, size.height, size.file_size) == (40, 40, len(PICTURE))
    assert sent.caption_html == "<b>QR</b>"
    again = await bot.send_photo(SARI, size.file_id)
    assert again.photo[0].file_unique_id == size.file_unique_id
    file = await bot.get_file(size.file_id)
    assert bytes(await file.download_as_bytearray()) == PICTURE


async def test_a_document_keeps_its_name(bot: Bot) -> None:
    sent = await bot.send_document(SARI, io.BytesIO(b"a,b\n"), filename="laporan.csv", caption="x")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type) == ("laporan.csv", "text/csv")
    edited = await bot.edit_message_caption(SARI, sent.message_id, caption="y")
    assert not isinstance(edited, bool)
    assert edited.caption == "y"
    assert edited.document == sent.document


async def test_a_file_can_be_attached_under_another_name(bot: Bot, telegram: Sandbox) -> None:
    attached = InputFile(PICTURE, filename="x.png", attach=True)
    assert (await bot.send_photo(SARI, attached)).photo
    thumb = await bot.send_document(SARI, b"x", filename="x.txt", thumbnail=PICTURE)
    assert thumb.document is not None
    assert thumb.document.thumbnail is not None
    assert telegram.violations == []


async def test_invalid_files_are_refused(bot: Bot, telegram: Sandbox) -> None:
    document = (await bot.send_document(SARI, b"x", filename="x.txt")).document
    assert document is not None
    cases: list[tuple[str | bytes, str]] = [
        ("AgAC_unknown", "Wrong file identifier/http url specified"),
        ("https://example.org/x.png", "Failed to get http url content"),
        (document.file_id, "Can't use file of type document as photo"),
        (b"no picture", "Image_process_failed"),
        (b"", "File must be non-empty"),
        (PICTURE + b"x" * PHOTO_BYTES_MAX, "is too big for a photo; the maximum size is"),
        (blank_picture(5001), "Photo_invalid_dimensions"),
    ]
    for photo, words in cases:
        with pytest.raises(BadRequest, match=f"(?i){words}"):
            await bot.send_photo(SARI, photo)
    with pytest.raises(BadRequest, match=r"(?i)^invalid file_id$"):
        await bot.get_file("unknown")
    with pytest.raises(BadRequest, match=r"(?i)^message caption is too long$"):
        await bot.send_photo(SARI, PICTURE, caption="x" * 1025)
    assert len(telegram.views.chat(SARI)["messages"]) == 1


async def test_a_file_id_is_valid_for_one_bot_only(bot: Bot, telegram: Sandbox) -> None:
    own = (await bot.send_photo(SARI, PICTURE)).photo[0].file_id
    other = Sandbox(PEOPLE, flood=False, token="1000002:ANOTHER")
    async with other, bot_for(other) as pilot:
        theirs = (await pilot.send_photo(SARI, PICTURE)).photo[0].file_id
        assert theirs != own
        with pytest.raises(BadRequest, match=r"(?i)^wrong file identifier/http url specified"):
            await pilot.send_photo(SARI, own)
    assert (await bot.send_photo(SARI, own)).photo
    with pytest.raises(BadRequest, match=r"(?i)^wrong remote file identifier specified: "):
        await bot.send_photo(SARI, "no such!")
    assert telegram.violations == []


async def test_a_text_cannot_replace_a_caption(bot: Bot) -> None:
    sent = await bot.send_photo(SARI, PICTURE)
    with pytest.raises(BadRequest, match=r"(?i)^there is no text in the message to edit$"):
        await bot.edit_message_text("x", SARI, sent.message_id)


async def test_only_the_right_token_opens_a_file(
    bot: Bot, telegram: Sandbox, http: aiohttp.ClientSession
) -> None:
    file = await bot.get_file((await bot.send_photo(SARI, PICTURE)).photo[0].file_id)
    assert file.file_path is not None
    for path, status in (
        (file.file_path, 200),
        (file.file_path.replace(telegram.token, "1:wrong"), 401),
        (f"{telegram.url}/file/bot{telegram.token}/photos/none.png", 404),
    ):
        async with http.get(path) as answer:
            assert answer.status == status


async def test_the_page_fetches_files_by_their_id(
    bot: Bot, telegram: Sandbox, http: aiohttp.ClientSession
) -> None:
    sent = await bot.send_photo(SARI, PICTURE)
    url = f"{telegram.url}/control/file?file_id={sent.photo[0].file_id}"
    async with http.get(url) as answer:
        assert await answer.read() == PICTURE
        assert answer.content_type == "image/png"


async def test_a_missing_attachment_is_refused(ask: Ask) -> None:
    status, _ = await ask("sendPhoto", chat_id=SARI, photo="attach://nothing")
    assert status == 400


def test_sizes_are_read_from_each_kind_of_picture() -> None:
    jpeg = b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x11\x08\x00\x20\x00\x30\x03"
    webp = b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00"
    assert image_size(jpeg) == (48, 32)
    assert image_size(b"GIF89a\x03\x00\x04\x00") == (3, 4)
    assert image_size(webp + b"\x09\x00\x00\x04\x00\x00") == (10, 5)
    assert image_size(blank_picture(7)) == (7, 7)
    assert image_size(b"%PDF") is None


async def test_two_people_send_one_picture_as_two_files_with_the_same_bytes(
    bot: Bot, telegram: Sandbox
) -> None:
    """A phone remembers what it has uploaded; another one makes another file of it."""
    encoded = base64.b64encode(PICTURE).decode()
    for person in (SARI, SARI, BUDI):
        telegram.phones.photo(person, file=encoded)
    telegram.phones.album(BUDI, [encoded, base64.b64encode(blank_picture(41)).decode()])
    telegram.phones.pass_on(SARI, telegram.views.chat(BUDI)["messages"][0]["message_id"], BUDI)
    mine, again, theirs, album, other, forwarded = [
        update.message.photo[-1] for update in await bot.get_updates() if update.message
    ]
    assert mine.file_unique_id == again.file_unique_id != theirs.file_unique_id
    assert mine.file_id != again.file_id
    assert album.file_unique_id == theirs.file_unique_id == forwarded.file_unique_id
    assert other.file_unique_id not in {mine.file_unique_id, theirs.file_unique_id}
    bodies = [
        bytes(await (await bot.get_file(each.file_id)).download_as_bytearray())
        for each in (mine, again, theirs, album, forwarded)
    ]
    assert bodies == [PICTURE] * 5
    assert telegram.violations == []
