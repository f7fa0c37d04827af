"""What is kept only for a time is deleted after it, on both engines."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.conversation import sessions
from bot.store.conversation.sessions import Session
from bot.store.db.types import Instant
from bot.store.members import leads, people, roles
from bot.store.privacy import outdated
from bot.store.products import products
from bot.store.queue import attachments, outbox
from tests.store.both import ACCOUNT, DAY, START, in_transaction, join, stock

LATER = START + 10 * DAY


def _message(conn: Connection, key: str, digest: str, at: datetime, state: str = "sent") -> None:
    outbox.put(
        conn,
        key=key,
        chat_id=ACCOUNT,
        kind="answer",
        method="sendDocument",
        payload={"attachment": digest},
        at=at,
    )
    conn.execute(text("UPDATE outbox SET state = :s WHERE key = :k"), {"s": state, "k": key})


@in_transaction
def test_contacts_are_deleted_when_they_are_old(conn: Connection) -> None:
    for number, at in enumerate((START, LATER)):
        leads.keep(
            conn,
            reference=f"lead{number}",
            user_id=ACCOUNT + number,
            name="Tuti",
            phone="+62811",
            at=at,
        )
    assert outdated.delete_leads(conn, START + DAY) == 1
    assert outdated.delete_leads(conn, START + DAY) == 0
    assert conn.execute(text("SELECT reference FROM leads")).scalars().all() == ["lead1"]


@in_transaction
def test_only_old_conversations_of_strangers_are_deleted(conn: Connection) -> None:
    join(conn, [None])
    roles.grant(conn, ACCOUNT + 7, "admin", None, START)
    for place, at in ((1, START), (7, START), (8, START), (9, LATER)):
        people.meet(conn, ACCOUNT + place, "id", START)
        session = Session(
            chat_id=ACCOUNT + place,
            flow="register",
            version=1,
            reference=f"session{place}",
            args="",
            answers=(),
            kept=(),
            asked="",
            waiting=None,
            started_at=at,
        )
        sessions.save(conn, session, at)
    assert outdated.delete_strangers_sessions(conn, START + DAY) == 1
    left = conn.execute(text("SELECT chat_id FROM sessions ORDER BY chat_id")).scalars().all()
    assert left == [ACCOUNT + 1, ACCOUNT + 7, ACCOUNT + 9]


@in_transaction
def test_old_dead_letters_are_settled_and_blanked(conn: Connection) -> None:
    insert = text("""
        INSERT INTO inbox (bot_id, update_id, lane, body, received_at, state)
        VALUES (1, :id, 'chat 1', 'words', :at, :state)
    """).bindparams(bindparam("at", type_=Instant))
    for number, at, state in ((1, START, "dead"), (2, LATER, "dead"), (3, START, "new")):
        conn.execute(insert, {"id": number, "at": at, "state": state})
    assert outdated.settle_dead_letters(conn, START + DAY) == 1
    rows = conn.execute(text("SELECT state, body FROM inbox ORDER BY update_id")).all()
    assert [tuple(row) for row in rows] == [("done", ""), ("dead", "words"), ("new", "words")]


@in_transaction
def test_files_go_when_no_message_needs_them(conn: Connection) -> None:
    old, waiting, recent, unsure = (
        attachments.keep(conn, f"{each}.json", each.encode())
        for each in ("old", "waiting", "recent", "unsure")
    )
    attachments.remember(conn, old, 1, "file")
    _message(conn, "a", old, START)
    _message(conn, "b", waiting, START, "new")
    _message(conn, "c", recent, LATER)
    _message(conn, "d", unsure, START, "uncertain")
    files = outdated.unused_files(conn, START + DAY)
    assert files.unused == (old,)
    assert outdated.delete_files(conn, files.unused, files.seen) == 1
    assert attachments.file_id(conn, old, 1) is None
    assert attachments.load(conn, recent) == ("recent.json", b"recent")


@in_transaction
def test_the_picture_of_a_product_stays_whether_it_was_ever_sent_or_not(conn: Connection) -> None:
    soap, tea = stock(conn)
    shown, replaced = (attachments.keep(conn, f"{each}.png", each.encode()) for each in "ab")
    for product, digest in ((soap, shown), (tea, shown), (tea, replaced)):
        products.show(conn, product.sku, digest)
    seen = outdated.unused_files(conn, LATER).seen
    assert outdated.unused_files(conn, LATER).unused == ()
    assert outdated.delete_files(conn, (shown, replaced), seen) == 0
    products.show(conn, tea.sku, shown)
    assert outdated.unused_files(conn, LATER).unused == (replaced,)
    assert outdated.delete_files(conn, (shown, replaced), seen) == 1


@in_transaction
def test_a_file_that_a_new_message_uses_stays(conn: Connection) -> None:
    digest = attachments.keep(conn, "data.json", b"data")
    attachments.remember(conn, digest, 1, "file")
    files = outdated.unused_files(conn, START)
    assert files.unused == (digest,)
    _message(conn, "a", digest, LATER, "new")
    assert outdated.delete_files(conn, files.unused, files.seen) == 0
    assert attachments.file_id(conn, digest, 1) == "file"
