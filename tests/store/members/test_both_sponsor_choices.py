"""Who comes back may be placed under another sponsor; all counters follow, and nothing else."""

from datetime import timedelta

from sqlalchemy import Connection

from bot.core.calendar.periods import period_of
from bot.store.ledger import given_ranks
from bot.store.members import members, sponsor_choices
from bot.store.privacy import departures
from bot.store.proof import recount
from bot.store.team import sizes
from tests.store.both import ACCOUNT, START, in_transaction, join

ZONE = "Asia/Jakarta"
MONTH = "2026-11"


@in_transaction
def test_a_member_is_known_with_what_decides_about_the_place(conn: Connection) -> None:
    top, mine, _ = join(conn, [None, 1, 1])
    code = members.by_id(conn, mine).code
    found = sponsor_choices.comeback(conn, code)
    assert found is not None
    assert (found.id, found.sponsor_id, found.size, found.figures) == (mine, top, 0, False)
    assert (found.active, found.left_at, found.came_at) == (True, None, None)
    above = sponsor_choices.comeback(conn, members.by_id(conn, top).code)
    assert above is not None
    assert above.size == 2
    departures.leave(conn, mine, MONTH, START)
    assert (left := sponsor_choices.comeback(conn, code)) is not None
    assert left.left_at == START
    departures.come_back(conn, mine)
    sponsor_choices.came_back(conn, mine, START + timedelta(days=1))
    sponsor_choices.came_back(conn, mine, START + timedelta(days=2))
    assert (back := sponsor_choices.comeback(conn, code)) is not None
    assert (back.left_at, back.came_at) == (None, START + timedelta(days=2))
    assert sponsor_choices.comeback(conn, "NOBODY22") is None


@in_transaction
def test_a_rank_holds_a_member_in_the_place(conn: Connection) -> None:
    _, mine = join(conn, [None, 1])
    given_ranks.add(conn, mine, MONTH, "emas", "so", at=START, by=ACCOUNT)
    found = sponsor_choices.comeback(conn, members.by_id(conn, mine).code)
    assert found is not None
    assert found.figures


@in_transaction
def test_all_counters_are_as_if_the_member_had_joined_in_the_new_place(conn: Connection) -> None:
    one, two, three, mine, _ = join(conn, [None, 1, 1, 2, 3])
    before = recount.audit_volumes(conn, ZONE)
    joined = period_of(members.by_id(conn, mine).joined_at, ZONE)
    former: int | None = two
    for new in (three, None, one, two, three):
        sizes.moved(conn, mine, former, new, joined)
        sponsor_choices.choose(conn, mine, new, reason="so", by=ACCOUNT, at=START)
        assert recount.audit_volumes(conn, ZONE) == before
        assert members.by_id(conn, mine).sponsor_id == new
        former = new
