"""Which messages a conversation has used, and the photos it keeps, on both engines."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection

from bot.core.conversation.replay import Answer, EnclosedFile, Given
from bot.store.conversation import sessions, used_messages
from bot.store.conversation.sessions import Session
from bot.store.conversation.used_messages import BEGAN, KEPT, UsedMessage
from bot.store.queue import albums
from tests.store.both import ACCOUNT, START, in_transaction

LINE = UsedMessage("r1", "sell", BEGAN, "d1", START)
ANSWER = UsedMessage("r1", "sell", 0, "d2", START + timedelta(microseconds=7))
PHOTO = EnclosedFile("file", "key", "photo")
PAPER = EnclosedFile("other file", "other key", "document")
OPEN = Session(ACCOUNT, "sell", 1, "r1", "", (), (), "sale.buyer@1:1", None, START)


@in_transaction
def test_a_message_is_found_by_its_chat_and_number(conn: Connection) -> None:
    used_messages.note(conn, ACCOUNT, 5, LINE)
    used_messages.note(conn, ACCOUNT, 7, ANSWER)
    assert used_messages.find(conn, ACCOUNT, 5) == LINE
    assert used_messages.find(conn, ACCOUNT, 7) == ANSWER
    assert used_messages.find(conn, ACCOUNT, 6) is None
    assert used_messages.find(conn, ACCOUNT + 1, 5) is None
    changed = replace(ANSWER, digest="d3", at=START + timedelta(hours=1))
    used_messages.note(conn, ACCOUNT, 7, changed)
    assert used_messages.find(conn, ACCOUNT, 7) == changed


@in_transaction
def test_what_is_recorded_is_marked_for_one_conversation(conn: Connection) -> None:
    used_messages.note(conn, ACCOUNT, 5, LINE)
    used_messages.note(conn, ACCOUNT, 9, replace(LINE, reference="r2"))
    used_messages.move(conn, ACCOUNT, "r1", "r3")
    used_messages.mark_recorded(conn, ACCOUNT, "r1")
    assert used_messages.find(conn, ACCOUNT, 5) == replace(LINE, reference="r3")
    used_messages.mark_recorded(conn, ACCOUNT, "r3")
    assert used_messages.find(conn, ACCOUNT, 5) == replace(LINE, reference="r3", recorded=True)
    assert used_messages.find(conn, ACCOUNT, 9) == replace(LINE, reference="r2")
    used_messages.note(conn, ACCOUNT, 5, replace(LINE, reference="r3", digest="d4"))
    marked = used_messages.find(conn, ACCOUNT, 5)
    assert marked is not None and marked.recorded  # noqa: PT018


@in_transaction
def test_old_messages_are_forgotten(conn: Connection) -> None:
    used_messages.note(conn, ACCOUNT, 5, LINE)
    used_messages.note(conn, ACCOUNT, 7, replace(LINE, at=START + KEPT))
    used_messages.forget(conn, START + KEPT)
    assert used_messages.find(conn, ACCOUNT, 5) is None
    assert used_messages.find(conn, ACCOUNT, 7) is not None


@in_transaction
def test_a_conversation_keeps_its_photo_and_that_of_the_waiting_one(conn: Connection) -> None:
    for kept in (OPEN, replace(OPEN, enclosed=PHOTO), OPEN.with_waiting("jual 1 teh", PAPER)):
        sessions.save(conn, kept, START)
        assert sessions.load(conn, ACCOUNT) == kept
    both = replace(OPEN, enclosed=PHOTO).with_waiting("jual 1 teh", PAPER)
    sessions.save(conn, both, START)
    assert sessions.load(conn, ACCOUNT) == both


@in_transaction
def test_an_answer_keeps_the_words_under_its_photo(conn: Connection) -> None:
    bare = Given("sale.proof@1", Answer("photo", "file", START, note="key"), "f")
    worded = Given("sale.proof@1", replace(bare.answer, words="INV-7"), "f")
    sessions.save(conn, replace(OPEN, answers=(bare, worded), kept=(worded,)), START)
    found = sessions.load(conn, ACCOUNT)
    assert found is not None
    assert (found.answers, found.kept) == ((bare, worded), (worded,))


@in_transaction
def test_the_words_of_an_album_are_read_once(conn: Connection) -> None:
    assert not albums.read_words(conn, ACCOUNT, "a")
    albums.seen(conn, ACCOUNT, "a", START)
    assert albums.read_words(conn, ACCOUNT, "a")
    assert not albums.read_words(conn, ACCOUNT, "a")
