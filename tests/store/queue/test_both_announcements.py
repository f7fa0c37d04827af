"""Members concerned by the close of a month are found in order, some at a time, and each once."""

from datetime import date

from sqlalchemy import Connection

from bot.company.model import NO_PLAN
from bot.core.plans import Version, credits_of
from bot.core.plans.kinds.unilevel import Unilevel
from bot.services.sales import decision
from bot.store.bonus import closing
from bot.store.ledger import periods, snapshots
from bot.store.queue import month_announcements
from tests.store.both import DAY, MONTH, START, in_transaction, join, of_one_kind, sell, stock

PLAN = Version("2026-01", (Unilevel("tim", (), (1_000,)),))
LATER = START + 32 * DAY


def closed_company(conn: Connection) -> list[int]:
    """Ayu > Bayu > Citra, and Dewi alone; Citra sold something, Dewi's sale still waits."""
    ids = join(conn, [None, 1, 2, None])
    soap, _ = stock(conn)
    sale_id = sell(conn, ids[2], soap, reference="counts")
    assert decision.decide(conn, sale_id, "waiting", "approved", None, START + DAY, plan=NO_PLAN)
    sell(conn, ids[3], soap, reference="waits")
    ready = date(2026, 12, 8)
    closing.begin(
        conn, MONTH, plan=PLAN.since, digest=PLAN.digest, ready_on=ready, at=LATER, point_value=1
    )
    found = credits_of(PLAN, snapshots.of_company(conn, MONTH, PLAN))
    closing.add_credits(conn, MONTH, found)
    closing.post_bonuses(conn, MONTH, closing.payees_of(conn, MONTH), LATER)
    return ids


def finish(conn: Connection) -> None:
    assert closing.finish(conn, MONTH, closing.sums(conn, MONTH), LATER, cut=0) is None


@in_transaction
def test_only_members_who_sold_or_were_credited_are_notified(conn: Connection) -> None:
    _, bayu, citra, _ = closed_company(conn)
    assert month_announcements.next_untold(conn) is None
    finish(conn)
    month = month_announcements.next_untold(conn)
    assert month is not None
    assert (month.period, month.told_upto) == (MONTH, 0)
    rows = month_announcements.concerned(conn, MONTH, above=0, limit=9)
    of_one_kind(month, *rows)
    assert [(row.member_id, row.amount, row.profit, row.points, row.active) for row in rows] == [
        (bayu, 8_000, 0, 0, True),
        (citra, 0, 20_000, 10, True),
    ]
    assert [(row.own_sales, row.group_sales) for row in rows] == [(0, 100_000), (100_000, 100_000)]


@in_transaction
def test_members_are_notified_in_order_and_the_month_is_done_once(conn: Connection) -> None:
    _, bayu, citra, _ = closed_company(conn)
    finish(conn)
    first = month_announcements.concerned(conn, MONTH, above=0, limit=1)
    assert [row.member_id for row in first] == [bayu]
    month_announcements.reach(conn, MONTH, bayu)
    month_announcements.reach(conn, MONTH, bayu - 1)
    month = month_announcements.next_untold(conn)
    assert month is not None
    assert month.told_upto == bayu
    rest = month_announcements.concerned(conn, MONTH, above=bayu, limit=9)
    assert [row.member_id for row in rest] == [citra]
    month_announcements.finish(conn, MONTH, LATER)
    month_announcements.finish(conn, MONTH, LATER + DAY)
    assert month_announcements.next_untold(conn) is None
    standing = periods.find(conn, MONTH)
    assert standing is not None
    assert standing.told_at == LATER
