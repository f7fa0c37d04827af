"""What is kept only for a time goes at night, and the audit log has the count."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection

from bot.services.privacy.pruning import prune
from bot.store.inquiries import inquiries
from tests.services.harness import MORNING, open_harness

ASKER, ADMIN = 51, 52


def _settled(conn: Connection) -> None:
    inquiries.offer(conn, reference="a", user_id=ASKER, words="seragam?", at=MORNING)
    assert inquiries.submit(conn, "a", ASKER, MORNING)
    found = inquiries.offered(conn, "a", ASKER)
    assert found is not None
    assert inquiries.settle_inquiry(conn, found.id, "closed", ADMIN, MORNING)


async def test_words_of_settled_questions_go_after_the_days_that_are_set(tmp_path: Path) -> None:
    harness, database = await open_harness(f"sqlite:///{tmp_path / 'pruned.db'}")
    try:
        await database.write(_settled)
        days = timedelta(days=harness.runtime.company.retention.inquiries_days)
        for at, left in ((MORNING + days, ("seragam?", ASKER)), (MORNING + 2 * days, ("", 0))):
            await prune(harness.runtime, at)
            rows = await harness.rows("SELECT words, user_id FROM inquiries")
            assert [tuple(row) for row in rows] == [left]
        noted = await harness.rows("SELECT action, object FROM audit ORDER BY id")
        assert [tuple(row) for row in noted] == [("settled questions deleted", "1")]
    finally:
        await database.close()
