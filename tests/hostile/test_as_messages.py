"""A member sends whatever there is to send; the bot answers the others as usual."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from sqlalchemy import text

from tests.faults.looking import said
from tests.hostile.shapes import MESSAGE_CHARACTERS_MAX, SHAPES
from tests.stage import Stage

OPEN: Final = ("/jual", "/jual 2 sabun", "/jual 2 sabun bu ani", "/profil nama", "/profil hp")
"""Questions that are open while everything is sent as their answer."""

COMMANDS: Final = (
    *("jual", "tim", "tim cari", "produk", "produk cari", "struk", "batalkan", "saldo", "bonus"),
    *("kenapa", "profil", "tips", "bahasa", "daftar", "klaim", "pindah", "kelola", "setujui"),
    *("kelola mitra", "kelola peran", "kelola peminat", "kelola sisih", "siaran", "siaran jeda"),
)
ANSWER_CHARACTERS: Final = 250
LINE_CHARACTERS: Final = 990
"""Nearly as much as is read in an answer, and in a line about a sale."""

CAPTION_CHARACTERS: Final = 1_024
AT_ONCE: Final = 20

NOT_DONE: Final = text("SELECT update_id, state, attempts FROM inbox WHERE state <> 'done'")


def send(stage: Stage, person: int, words: str, **more: Any) -> None:
    """What a person could send, were it a bare Telegram without checks of its own.

    UTF-8 holds no half of a surrogate pair, so none can come. `more` are further fields; with a
    photo the words are its caption.
    """
    words = words.encode(errors="ignore").decode()
    message: dict[str, Any] = {
        "message_id": 900,
        "date": 1,
        "chat": {"id": person, "type": "private", "first_name": "Sari"},
        "from": {"id": person, "is_bot": False, "first_name": "Sari"},
        "caption" if "photo" in more else "text": words,
        **more,
    }
    if words.startswith("/"):
        length = len(words.split()[0])
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    stage.telegram.world.updates.push_raw({"message": message})


def batched(texts: Iterable[str]) -> Iterator[list[str]]:
    left = iter(texts)
    while few := list(islice(left, AT_ONCE)):
        yield few


async def sends(stage: Stage, who: str, texts: Iterable[str]) -> None:
    """Send it all, then see that nothing was set aside and that another member is answered."""
    for few in batched(texts):
        for words in few:
            send(stage, stage.user(who), words)
        await stage.settle()
    assert await stage.read(lambda conn: conn.execute(NOT_DONE).all()) == []
    before = len(said(stage, "Tuti"))
    stage.telegram.phones.say(stage.user("Tuti"), "/saldo")
    await stage.settle()
    assert "Saldo" in said(stage, "Tuti")[before]


async def test_every_shape_is_accepted_as_a_message(stage: Stage) -> None:
    await sends(stage, "Sari", (text_of(MESSAGE_CHARACTERS_MAX) for text_of in SHAPES.values()))


async def test_every_shape_is_accepted_as_an_answer(stage: Stage) -> None:
    openings = [OPEN[place % len(OPEN)] for place in range(len(SHAPES))]
    await sends(
        stage,
        "Sari",
        (
            words
            for opening, text_of in zip(openings, SHAPES.values(), strict=True)
            for words in (opening, text_of(ANSWER_CHARACTERS), "batal")
        ),
    )


async def test_every_shape_is_accepted_behind_a_command(stage: Stage) -> None:
    """The admin's, who has every command there is."""
    commands = [COMMANDS[place % len(COMMANDS)] for place in range(len(SHAPES))]
    await sends(
        stage,
        "Budi",
        (
            words
            for command, text_of in zip(commands, SHAPES.values(), strict=True)
            for words in (f"/{command} {text_of(LINE_CHARACTERS)}", "batal")
        ),
    )


async def test_every_shape_is_accepted_forwarded_under_a_photo_and_in_a_reply(
    stage: Stage,
) -> None:
    person = stage.user("Sari")
    size = {"file_id": "F", "file_unique_id": "U", "width": 90, "height": 90}
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Ani"}
    for few in batched(text_of(CAPTION_CHARACTERS) for text_of in SHAPES.values()):
        for words in few:
            quoted = {"message_id": 899, "date": 1, "chat": {"id": person, "type": "private"}}
            quoted |= {"text": words.encode(errors="ignore").decode()}
            quoted |= {"from": stage.telegram.world.bot.user()}
            send(stage, person, words, forward_origin=origin)
            send(stage, person, words, photo=[size])
            send(stage, person, words, photo=[size], media_group_id="1")
            send(stage, person, "ini batal", reply_to_message=quoted)
            send(stage, person, "batal")
        await stage.settle()
    assert await stage.read(lambda conn: conn.execute(NOT_DONE).all()) == []


async def test_a_person_who_greets_forty_times_delays_no_other(stage: Stage) -> None:
    await sends(stage, "Sari", ["halo\n\n" * 40 + "zzz", "komisi  rp 1  " * 290])
