"""What came back of a sale: entered, decided once, and found again on both engines."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.company.model import NO_PLAN
from bot.core.conversation.messages import Refusal
from bot.core.plans import Conditions, Pool, Rank, Unilevel, Version
from bot.core.returns.pieces import figures_of
from bot.core.sales.sales import SaleLine
from bot.flows.returns.give_back_messages import NotReturned
from bot.flows.returns.return_actions import LogReturn
from bot.services.returns import give_back as give_back_service
from bot.services.returns.confirming import counts_in
from bot.services.sales import decision
from bot.store.bonus import closing, credit_sales, own_month, pools, statements
from bot.store.db.database import Database
from bot.store.ledger import ledger, returned_volumes, snapshots
from bot.store.proof import integrity
from bot.store.receipts import sale_versions
from bot.store.returns import (
    clawbacks,
    owing,
    return_audit,
    returnable,
    returns,
    taken,
    waiting_returns,
)
from bot.store.returns.clawbacks import ReturnAfterClose
from bot.store.sales import sales
from tests.store.both import (
    ACCOUNT,
    DAY,
    MONTH,
    START,
    ZONE,
    in_transaction,
    join,
    of_one_kind,
    stock,
)
from tests.store.returns.history import LATER, close, give_back, log
from tests.store.seeding import unguard

NEXT = "2026-12"
TEAM = Version("2026-01", (Unilevel("tim", (), (1_000, 500)),))


def company(conn: Connection) -> tuple[list[int], int]:
    """Ayu > Bayu > Citra; Citra sells 3 soaps and 2 teas for Rp200.000 to Bu Ani."""
    ids = join(conn, [None, 1, 2])
    soap, tea = stock(conn)
    lines = [(soap, 3, 150_000), (tea, 2, 50_000)]
    return ids, log(conn, ids[2], lines, reference="first")


def wish(conn: Connection, sale_id: int, pieces: int, reference: str) -> int:
    """Enter a return of soaps that waits."""
    sold = returns.sold_pieces(conn, sale_id)
    damaged = {sold[0].line_id: pieces - 1}
    return returns.add(
        conn,
        sale_id,
        figures_of(sold, [(sold[0].line_id, pieces)], damaged),
        reference=reference,
        came_on="2026-11-05",
        reason="",
        refund=1_000,
        by=ACCOUNT + 3,
        at=START,
    )


@in_transaction
def test_a_return_waits_and_is_decided_once(conn: Connection) -> None:
    _, sale = company(conn)
    assert returns.hold_sale(conn, sale)
    assert not returns.any_of(conn, sale)
    assert returns.marks(conn, [sale]) == returns.marks(conn, []) == {}
    first = wish(conn, sale, 2, "r1")
    back = returns.by_id(conn, first)
    assert back is not None
    assert back == returns.by_reference(conn, "r1") == returns.of_sale(conn, sale)[0]
    of_one_kind(back)
    assert (back.state, back.saleable, back.amount, back.goods) == (
        "waiting", False, 100_000, 80_000,
    )  # fmt: skip
    assert [(one.name, one.quantity, one.damaged) for one in returns.pieces_of(conn, first)] == [
        ("Sabun Sereh", 2, 1)
    ]
    assert waiting_returns.count(conn) == waiting_returns.count_for(conn, 1) == 1
    assert waiting_returns.count_for(conn, ACCOUNT + 3) == 0
    assert waiting_returns.page(conn, 0, 5) == [back]
    assert waiting_returns.page(conn, first, 5) == []
    soap = returns.sold_pieces(conn, sale)[0]
    assert (soap.taken, soap.left) == (2, 1)
    assert returns.marks(conn, [sale])[sale] == (sale, 0, 100_000)
    assert returns.any_of(conn, sale)
    # Such a sale is not undone as a whole.
    assert not decision.decide(conn, sale, "approved", "void", None, START, plan=NO_PLAN)
    assert returns.refuse(conn, first, "void", note="", by=7, at=START)
    assert not returns.refuse(conn, first, "rejected", note="", by=7, at=START)
    assert not returns.confirm(conn, first, MONTH, note="", by=7, at=START)
    assert not returns.any_of(conn, sale)
    assert decision.decide(conn, sale, "approved", "void", None, START, plan=NO_PLAN)
    assert not returns.hold_sale(conn, sale)
    assert integrity.prove(conn, ZONE) == []


@in_transaction
def test_pieces_that_come_to_no_rupiah_are_refused(conn: Connection) -> None:
    ids = join(conn, [None])
    soap, _ = stock(conn)
    sale = log(conn, ids[0], [(soap, 3, 1)], reference="nearly free")
    [line] = returns.sold_pieces(conn, sale)
    action = LogReturn(
        sale, ((line.line_id, 1),), (), START.date(), refund=0, reason="", office=True
    )
    caller = SimpleNamespace(period=MONTH, user_id=ACCOUNT, me=None)
    turn = SimpleNamespace(conn=conn, reference="r1", caller=caller, now=START)
    with pytest.raises(Refusal) as refused:
        list(give_back_service.ACTIONS[LogReturn](turn, action))  # type: ignore[arg-type]
    assert refused.value.message == NotReturned("S-1001", mine=False)
    assert returns.of_sale(conn, sale) == []


@in_transaction
def test_a_sale_whose_return_came_to_nothing_can_be_corrected(conn: Connection) -> None:
    _, sale = company(conn)
    soap, _ = stock(conn)
    for reference, state in (("r1", "void"), ("r2", "rejected")):
        number = wish(conn, sale, 2, reference)
        with pytest.raises(DBAPIError), conn.begin_nested():
            conn.execute(text("DELETE FROM return_lines WHERE return_id = :id"), {"id": number})
        assert returns.refuse(conn, number, state, note="", by=7, at=START)  # type: ignore[arg-type]
    assert decision.decide(conn, sale, "approved", "waiting", 7, START, plan=NO_PLAN)
    seen = sales.by_id(conn, sale)
    assert seen is not None
    assert sale_versions.begin(conn, sale, seen.version, "edit", 7, START)
    sale_versions.put(
        conn,
        sale,
        [SaleLine(soap, 1, 50_000)],
        customer_id=seen.customer_id,
        sold_on=seen.sold_on,
        period=MONTH,
        invoice="",
        photo_id="",
        photo_key="",
        photo_kind="",
    )
    assert decision.decide(conn, sale, "waiting", "approved", 7, START, plan=NO_PLAN)
    assert [line.left for line in returns.sold_pieces(conn, sale)] == [1]
    assert [back.state for back in returns.of_sale(conn, sale)] == ["void", "rejected"]
    assert integrity.prove(conn, ZONE) == []
    counted = give_back(conn, sale, [(0, 1)], MONTH, "r3")
    assert counted is not None
    with pytest.raises(DBAPIError), conn.begin_nested():
        conn.execute(text("DELETE FROM return_lines"))
    assert integrity.prove(conn, ZONE) == []


@in_transaction
def test_what_comes_back_in_the_open_month_leaves_it(conn: Connection) -> None:
    ids, sale = company(conn)
    assert give_back(conn, sale, [(0, 1)], MONTH, "r1") is not None
    own = statements.month(conn, ids[2], MONTH)
    assert own is not None
    assert (own.own_sales, own.own_points, own.own_profit, own.own_count) == (
        150_000,
        16,
        30_000,
        1,
    )
    assert statements.month(conn, ids[0], MONTH).group_sales == 150_000  # type: ignore[union-attr]
    seen = snapshots.of_company(conn, MONTH, Version("2026-01", (), (Rank("a", customers=1),)))
    assert (seen.customers[2], seen.bonus[2]) == (1, 120_000)
    weights = credit_sales.weights(conn, ids[2], MONTH, 1)
    assert [bonus for _, bonus in weights] == [80_000, 40_000]
    lines = credit_sales.lines(conn, [line for line, _ in weights])
    assert [(line.quantity, line.amount, line.back) for line in lines] == [
        (2, 100_000, 0), (2, 50_000, 0),
    ]  # fmt: skip
    assert pools.sold_in(conn, MONTH)[0].total == 150_000
    # The rest: nobody has bought any more.
    assert give_back(conn, sale, [(0, 2), (1, 2)], MONTH, "r2") is not None
    own = statements.month(conn, ids[2], MONTH)
    assert own is not None
    assert (own.own_sales, own.own_points, own.own_count) == (0, 0, 0)
    assert statements.waiting(conn, ids[2], MONTH, f"{MONTH}-01").customers == 0
    seen = snapshots.of_company(conn, MONTH, Version("2026-01", (), (Rank("a", customers=1),)))
    assert not any(seen.customers)
    team = snapshots.of_team(conn, ids[0], MONTH, TEAM)
    assert not any(team.customers)
    assert own_month.own_month(conn, ids[2], MONTH, TEAM).snapshot.customers == [0]
    assert credit_sales.weights(conn, ids[2], MONTH, 1) == []
    assert pools.sold_in(conn, MONTH) == []
    assert ledger.balance(conn, f"member:{ids[2]}:trade") == 0
    assert integrity.prove(conn, ZONE) == []


@in_transaction
def test_what_is_left_of_a_bonus_is_less_by_what_was_taken_back(conn: Connection) -> None:
    (_, bayu, _), sale = company(conn)
    close(conn, MONTH, TEAM)
    assert taken.left_of_bonus(conn, bayu, MONTH) == 16_000
    assert give_back(conn, sale, [(0, 1)], NEXT, "r1") is not None
    assert taken.left_of_bonus(conn, bayu, MONTH) == 12_000
    assert taken.left_of_bonus(conn, bayu, NEXT) == 0


@in_transaction
def test_what_comes_back_later_is_taken_from_those_who_earned_by_it(conn: Connection) -> None:
    ids, sale = company(conn)
    ayu, bayu, citra = ids
    soap, _ = stock(conn)
    assert counts_in(conn, MONTH, NEXT) == MONTH
    closing.begin(
        conn,
        MONTH,
        plan=TEAM.since,
        digest=TEAM.digest,
        ready_on=LATER.date(),
        at=LATER,
        point_value=1,
    )
    assert counts_in(conn, MONTH, NEXT) is None
    assert give_back(conn, sale, [(0, 1)], NEXT, "too early") is None
    early = returns.by_reference(conn, "too early")
    assert early is not None
    assert returns.refuse(conn, early.id, "rejected", note="", by=7, at=LATER)
    close(conn, MONTH, TEAM)
    # Bonus value 160.000: 16.000 for Bayu, 8.000 for Ayu. A soap is 40.000 of it.
    log(conn, citra, [(soap, 1, 50_000)], reference="second", period=NEXT)
    before = clawbacks.of_return(
        conn, ReturnAfterClose(MONTH, citra, 50_000, 40_000, point_value=0), counts=False
    )
    assert clawbacks.by_member(before) == {ayu: 2_000, bayu: 4_000}
    counted = give_back(conn, sale, [(0, 1)], NEXT, "r1")
    assert counted is not None
    assert (counted.period, counted.taken) == (NEXT, {ayu: 2_000, bayu: 4_000})
    back = returns.by_reference(conn, "r1")
    assert back is not None
    assert clawbacks.paid_for_seller(conn, back.id) == {ayu, bayu}
    assert taken.of_member(conn, bayu, MONTH) == {("tim", citra, 1): 4_000}
    assert taken.of_member(conn, bayu, NEXT) == {}
    wallet = statements.wallet(conn, bayu, (LATER - DAY).date())
    assert wallet is not None
    assert (wallet.available, wallet.held) == (0, 12_000)
    # Both months stay; only ranks see the points of the open one less.
    own = statements.month(conn, citra, NEXT)
    assert own is not None
    assert (own.own_points, statements.month(conn, citra, MONTH).own_points) == (5, 21)  # type: ignore[union-attr]
    seen = snapshots.of_company(conn, NEXT, TEAM)
    assert (seen.points[2], seen.returned[2]) == (5, 5)
    assert snapshots.of_team(conn, citra, NEXT, TEAM).returned == [5]
    alone = own_month.own_month(conn, ayu, NEXT, TEAM)
    assert (alone.group_points, alone.returned_group) == (5, 5)
    lines = credit_sales.lines(
        conn, [line for line, _ in credit_sales.weights(conn, citra, MONTH, 1)]
    )
    assert [(line.quantity, line.back) for line in lines] == [(3, 1), (2, 0)]
    assert give_back(conn, sale, [(0, 2), (1, 2)], NEXT, "r2") is not None
    assert ledger.balance(conn, ledger.wallet_name(bayu)) == 0
    assert ledger.balance(conn, ledger.wallet_name(ayu)) == 0
    assert returns.confirmed_amount(conn, sale) == 200_000
    assert integrity.prove(conn, ZONE) == []


@in_transaction
def test_a_pool_falls_for_all_who_share_it(conn: Connection) -> None:
    ids, sale = company(conn)
    plan = Version(
        "2026-01",
        (Pool("omzet", (), 1_000, Conditions(rank_min=1), of="sales"),),
        (Rank("perak", group_points=1),),
    )
    close(conn, MONTH, plan)
    # 10 % of 200.000 by three.
    counted = give_back(conn, sale, [(0, 1)], NEXT, "r1")
    assert counted is not None
    assert counted.taken == dict.fromkeys(ids, 6_666 - 5_000)
    back = returns.by_reference(conn, "r1")
    assert back is not None
    assert clawbacks.paid_for_seller(conn, back.id) == set()
    assert taken.of_member(conn, ids[0], MONTH) == {("omzet", 0, 0): 1_666}
    assert integrity.prove(conn, ZONE) == []


@in_transaction
def test_sales_with_goods_left_are_found_by_buyer_and_article(conn: Connection) -> None:
    ids, sale = company(conn)
    soap, tea = stock(conn)
    other = log(conn, ids[2], [(tea, 1, 25_000)], reference="second", buyer="Pak Udin")
    buyers = conn.execute(text("SELECT id FROM customers ORDER BY id")).scalars().all()

    def found(buyers: list[int], products: list[int], day: str = "2026-11-01") -> list[int]:
        return returnable.since(conn, ids[2], day, buyers=buyers, products=products, limit=5)

    assert found([], []) == [other, sale]
    assert found([buyers[0]], []) == [sale]
    assert found([], [soap.id]) == [sale]
    assert found([], [tea.id]) == [other, sale]
    assert found([buyers[1]], [soap.id]) == []
    assert found([], [], "2026-11-03") == []
    give_back(conn, other, [(0, 1)], MONTH, "r1")
    assert found([], []) == [sale]


@in_transaction
def test_a_wallet_below_zero_is_dated_by_the_posting_that_made_it_so(conn: Connection) -> None:
    ids, sale = company(conn)
    close(conn, MONTH, TEAM)
    assert owing.total(conn) == (0, 0)
    assert owing.oldest(conn, rows=5, skip=0) == []
    row = {"by": ids[1], "at": int(LATER.timestamp() * 1_000_000)}
    conn.execute(
        text("""
            INSERT INTO payouts (reference, member_id, amount, paid_on, bank_reference,
              recorded_at)
            VALUES ('p', :by, 15000, '2026-12-03', '', :at)
        """),
        row,
    )
    ends = ledger.wallet(conn, ids[1]), ledger.house_account(conn, ledger.PAYOUTS)
    paid = ledger.Posting("payout:1", *ends, 15_000, None, NEXT, payout_id=1)
    assert ledger.post(conn, paid, LATER)
    give_back(conn, sale, [(0, 1)], NEXT, "r1")
    total = owing.total(conn)
    assert total == (1, 3_000)
    found = owing.oldest(conn, rows=5, skip=0)
    assert [(one.amount, one.since) for one in found] == [(3_000, LATER)]
    of_one_kind(total, *found)
    assert owing.oldest(conn, rows=5, skip=1) == []


@in_transaction
def test_the_counters_of_a_line_of_members_fall_and_grow(conn: Connection) -> None:
    ids, _ = company(conn)
    more = {"sales": 50_000, "points": 5, "profit": 10_000}
    returned_volumes.take_out(
        conn,
        ids[2],
        MONTH,
        **more,
        bonus=40_000,
        to_customer=True,
        whole=False,
        point_value=0,
        sign=1,
    )
    returned_volumes.count_late(conn, ids[2], NEXT, **more, to_customer=True, sign=1)
    rows = conn.execute(
        text("SELECT group_points, returned_group_points FROM volumes ORDER BY period, member_id")
    ).all()
    assert [tuple(row) for row in rows] == [(16, 0)] * 3 + [(0, 5)] * 3


FORGERIES = {
    "not the figures": "UPDATE returns SET goods = goods + 1",
    "pieces came back": "UPDATE return_lines SET quantity = 9",
    "counts in": "UPDATE returns SET period = '2026-10'",
    "returns took": "UPDATE credit_returns SET amount = amount + 1",
    "not of its sale": "UPDATE credits SET source_id = 1 WHERE member_id = 2",
}


@pytest.mark.parametrize("said", sorted(FORGERIES))
async def test_a_forged_return_is_found(database: Database, said: str) -> None:
    def unit(conn: Connection) -> None:
        _, sale = company(conn)
        close(conn, MONTH, TEAM)
        give_back(conn, sale, [(0, 1)], NEXT, "r1")
        assert return_audit.audit(conn) == []
        with pytest.raises(DBAPIError), conn.begin_nested():
            conn.execute(text("UPDATE returns SET amount = amount + 1"))
        unguard(conn, "returns", "return_lines", "credit_returns", "credits")
        conn.execute(text(FORGERIES[said]))
        assert any(said in fault for fault in return_audit.audit(conn))

    await database.write(unit)


@in_transaction
def test_returns_of_one_month_follow_each_other(conn: Connection) -> None:
    _, sale = company(conn)
    close(conn, MONTH, TEAM)
    clawbacks.hold_month(conn, MONTH)
    with pytest.raises(AssertionError, match="closed"):
        clawbacks.hold_month(conn, NEXT)
    found = clawbacks.of_return(
        conn, ReturnAfterClose(MONTH, 3, 200_000, 160_000, point_value=0), counts=False
    )
    first = wish(conn, sale, 1, "r1")
    clawbacks.write(conn, first, found)
    clawbacks.post(conn, first, clawbacks.by_member(found).items(), NEXT, START + timedelta(1))
    assert ledger.balance(conn, ledger.wallet_name(2)) == 0
