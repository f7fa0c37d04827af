"""Every conversation that the version before left open goes on to its end."""

import pytest

from bot.core.conversation.question_names import BY_REPR, FORMER
from bot.store.conversation import sessions
from tests.services.harness import Harness
from tests.upgrade.endings import ENDS, SALE, End, do, finish
from tests.upgrade.people import USERS


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.who)
async def test_a_conversation_of_the_version_before_is_finished(
    harness: Harness, end: End
) -> None:
    user = USERS[end.who]
    before = await harness.runtime.database.read(lambda conn: sessions.load(conn, user))
    assert before is not None
    assert BY_REPR in before.asked
    await finish(harness, end)


async def test_each_of_them_is_finished_and_was_stored_in_the_former_format(
    harness: Harness,
) -> None:
    stored = await harness.rows("SELECT chat_id, asked FROM sessions")
    assert {row.chat_id for row in stored} == {USERS[end.who] for end in ENDS}
    assert all(row.asked.partition(":")[0] in FORMER for row in stored)


async def test_what_was_kept_behind_a_refused_answer_is_kept_on(harness: Harness) -> None:
    user = USERS["Rudi"]
    await do(harness, "Rudi", "0813 0000 6666")
    shown = await harness.last(user)
    assert "Tahun lahir: 1980" in shown
    assert "+62 813-0000-6666" in shown
    assert "[Simpan]" in shown


async def test_a_card_that_reads_differently_now_is_shown_again(harness: Harness) -> None:
    """What was stored the former way is held against the question of today all the same."""
    change = "UPDATE products SET points = 99 WHERE id = 1"
    await harness.runtime.database.write(lambda conn: conn.exec_driver_sql(change))
    await do(harness, "Sari", "[✅ Ya, catat]")
    assert "Total <b>Rp150.000</b>. Sudah benar?" in await harness.last(USERS["Sari"])
    assert await harness.rows(SALE) == []
    await do(harness, "Sari", "ya")
    assert [tuple(row) for row in await harness.rows(SALE)] == [(150_000, "waiting")]


async def test_words_that_begin_like_a_sale_are_still_the_text_of_a_broadcast(
    harness: Harness,
) -> None:
    user = USERS["Bayu"]
    back = (
        "UPDATE sessions SET answers = '[]', asked = 'AskBody:0293c818f1d3ace2' WHERE chat_id = ?"
    )
    await harness.runtime.database.write(lambda conn: conn.exec_driver_sql(back, (user,)))
    await do(harness, "Bayu", "Jual 2 Sabun dulu, {nama}!")
    assert "Ada foto atau dokumennya?" in await harness.last(user)
