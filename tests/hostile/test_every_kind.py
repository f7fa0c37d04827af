"""Every kind of message at every question is answered, and leads on."""

import re
from collections.abc import Callable
from typing import Any, Final

import pytest
from sqlalchemy import text

from bot.core.conversation.fingerprint import question_of
from bot.store.conversation import sessions
from sandbox.oddments import MEDIA
from tests.faults.looking import said
from tests.stage import Stage

OPENINGS: Final = {
    "nothing": (),
    "sale.product": ("/jual",),
    "sale.which_product": ("/jual 2 mad",),
    "sale.quantity": ("/jual sabun",),
    "sale.buyer": ("/jual 2 sabun",),
    "sale.price": ("/jual 2 sabun @1 Bu Ani",),
    "sale.record": ("/jual 2 sabun Bu Ani",),
    "sale.edit": ("/jual 2 sabun Bu Ani", "tidak"),
    "sale.day": ("/jual 2 sabun Bu Ani", "tidak", "[Tanggal]"),
    "sale.proof": ("/jual 2 sabun Bu Ani", "tidak", "[Nota atau foto]"),
    "order.sell": ("/pesanan 2 sabun",),
    "person.name": ("/profil nama",),
    "person.phone": ("/profil hp",),
    "person.province": ("/profil daerah",),
    "team.search": ("/tim cari",),
    "product.search": ("/produk cari",),
    "tip.hour": ("/tips jam",),
    "broadcast.body": ("/siaran", "[Tulis siaran]"),
    "broadcast.file": ("/siaran", "[Tulis siaran]", "Katalog baru sudah terbit."),
    "role.whose": ("/kelola peran",),
    "member.search": ("/kelola mitra",),
    "waiting": ("/jual 2 sabun Bu Ani", "/jual 1 TEH Bu Ani"),
}
"""What leads to a question, by its name; nothing is open at first."""

NOT_DONE: Final = text("SELECT update_id, state, attempts FROM inbox WHERE state <> 'done'")
STRIKES: Final = text("DELETE FROM strikes")
WORDS: Final = ("ya", "batalnya besok", "J 1 KOPI Bu Ani", "saldo berapa", "7")

Sending = Callable[[Stage, int], object]


def _kinds() -> dict[str, Sending]:
    """Returns each kind of message with what sends it."""

    def media(kind: str) -> Sending:
        return lambda stage, person: stage.telegram.phones.media(person, kind)

    def captioned(words: str) -> Sending:
        return lambda stage, person: stage.telegram.phones.photo(person, caption=words)

    def forwarded(words: str, writer: str) -> Sending:
        return lambda stage, person: stage.telegram.phones.forward(person, words, writer)

    return {
        **{kind: media(kind) for kind in MEDIA},
        **{f"photo {words}": captioned(words) for words in WORDS},
        **{f"forward {words}": forwarded(words, "Ani") for words in (*WORDS, "pesan sabun 2 ya")},
        "photo": lambda stage, person: stage.telegram.phones.photo(person),
        "document": lambda stage, person: stage.telegram.phones.document(person, "nota.pdf"),
        "album": lambda stage, person: stage.telegram.phones.album(person, 3, "Bu Tini"),
        "contact": lambda stage, person: stage.telegram.phones.contact(person, "+6281311112222"),
        "own contact": lambda stage, person: stage.telegram.phones.contact(person),
        "forwarded photo": lambda stage, person: stage.telegram.phones.forward(
            person, "lunas ya", "Ani", photo=True
        ),
        "reply": lambda stage, person: stage.telegram.phones.say(
            person, "yang ini salah", reply_to=_last(stage, person)
        ),
    }


KINDS: Final = _kinds()


def _last(stage: Stage, person: int) -> int:
    number: int = stage.telegram.views.chat(person)["messages"][-1]["message_id"]
    return number


async def _open(stage: Stage, person: int, opening: tuple[str, ...]) -> None:
    """Leave what is open, and follow the opening."""
    phones = stage.telegram.phones
    await stage.write(lambda conn: sessions.close(conn, person))
    await stage.write(lambda conn: conn.execute(STRIKES))
    for words in opening:
        tapped = re.fullmatch(r"\[(.+)\]", words)
        if tapped is None:
            phones.say(person, words)
        else:
            phones.tap(person, _last(stage, person), label=tapped[1])
        await stage.settle()


async def _asked(stage: Stage, person: int) -> str:
    found: Any = await stage.read(lambda conn: sessions.load(conn, person))
    if found is not None and found.waiting is not None:
        return "waiting"
    return "nothing" if found is None else question_of(found.asked).partition("@")[0]


@pytest.mark.parametrize("name", OPENINGS)
async def test_every_kind_of_message_is_answered(stage: Stage, name: str) -> None:
    person = stage.user("Budi")
    for kind, send in KINDS.items():
        await _open(stage, person, OPENINGS[name])
        assert await _asked(stage, person) == name
        before = len(said(stage, "Budi"))
        send(stage, person)
        await stage.settle()
        assert len(said(stage, "Budi")) > before, kind
    assert await stage.read(lambda conn: conn.execute(NOT_DONE).all()) == []
    assert not stage.telegram.violations


async def test_a_changed_message_never_fails_and_never_answers_an_open_question(
    stage: Stage,
) -> None:
    """Whatever it was, and whatever it becomes."""
    person, phones = stage.user("Budi"), stage.telegram.phones
    for name, opening in OPENINGS.items():
        await _open(stage, person, ())
        chatter = phones.say(person, "halo")["message_id"]
        await stage.settle()
        await _open(stage, person, opening)
        before = len(said(stage, "Budi"))
        for words in (*WORDS, "/saldo", "batal", "/jual 3 teh Bu Tini"):
            phones.edit(person, chatter, words)
        await stage.settle()
        assert await _asked(stage, person) == name
        assert len(said(stage, "Budi")) == before
    assert await stage.read(lambda conn: conn.execute(NOT_DONE).all()) == []


async def test_a_button_of_the_card_before_a_change_records_nothing(stage: Stage) -> None:
    person, phones = stage.user("Budi"), stage.telegram.phones
    line = phones.say(person, "J 2 TEH Bu Ani")["message_id"]
    await stage.settle()
    card = _last(stage, person)
    phones.edit(person, line, "J 3 TEH Bu Ani")
    await stage.settle()
    phones.tap(person, card, label="✅ Ya, catat")
    await stage.settle()
    assert await _asked(stage, person) == "sale.record"
    assert await stage.read(lambda conn: conn.execute(text("SELECT 1 FROM sales")).all()) == []
    phones.tap(person, _last(stage, person), label="✅ Ya, catat")
    await stage.settle()
    totals = await stage.read(lambda conn: conn.execute(text("SELECT total FROM sales")).all())
    assert totals == [(75_000,)]
