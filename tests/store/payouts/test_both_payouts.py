"""A payout leaves the wallet once, never takes more than there is, and can be put back once."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import Connection, text

from bot.company.model import NO_PLAN
from bot.core.plans import Conditions, Pool, Rank, Version, credits_of
from bot.services.returns.confirming import count_return
from bot.services.sales import decision
from bot.store.bonus import closing, statements
from bot.store.db.database import Database
from bot.store.ledger import ledger, ledger_audit, snapshots
from bot.store.payouts import payout_lists, payouts, takeable, unrecorded
from bot.store.payouts.payouts import NewPayout, Recording
from bot.store.products import products
from bot.store.proof import integrity
from bot.store.returns import returns
from tests.store.bonus.test_both_closing import LATER, NEXT, PLAN, READY, company, write_all
from tests.store.both import DAY, MONTH, ZONE, in_transaction, of_one_kind, sell
from tests.store.returns.history import close

NEW = NewPayout("one", 1, 10_000, "2026-12-10", "TRX-1", by=7)
ADMIN = 7


def _closed(conn: Connection) -> list[int]:
    """Ayu and Bayu have Rp16.000 each, Citra has nothing."""
    ids = company(conn)
    assert closing.finish(conn, MONTH, write_all(conn), LATER, cut=0) is None
    return ids


def _pay(conn: Connection, reference: str, member_id: int, amount: int) -> Recording:
    new = replace(NEW, reference=reference, member_id=member_id, amount=amount)
    return payouts.record(conn, new, READY, LATER)


@in_transaction
def test_a_payout_leaves_the_wallet_once(conn: Connection) -> None:
    ayu, *_ = _closed(conn)
    assert takeable.takeable(conn, ayu, READY) == takeable.Takeable(16_000, 0)
    assert takeable.first_credit(conn, ayu) == LATER
    takeable.lock(conn, ayu)
    first = payouts.record(conn, NEW, READY, LATER)
    assert (first.left, first.again) == (6_000, False)
    assert first.payout_id is not None
    assert payouts.record(conn, NEW, READY, LATER) == replace(first, again=True)
    assert _pay(conn, "two", ayu, 6_001) == Recording(None, 6_000)
    assert ledger.balance(conn, ledger.wallet_name(ayu)) == 6_000
    newest = statements.movements(conn, ayu, rows=1, skip=0)[0]
    assert (newest.cause, newest.account, newest.amount) == ("payout", "wallet", -10_000)
    assert (newest.at, newest.paid_on) == (LATER, "2026-12-10")
    found = payouts.find(conn, first.payout_id)
    assert found is not None
    assert (found.amount, found.paid_on, found.bank_reference) == (10_000, "2026-12-10", "TRX-1")
    assert payouts.of_member(conn, ayu, rows=5) == [found]
    assert payouts.count_of(conn, ayu) == 1
    assert payouts.last_of(conn, ayu) == (10_000, "2026-12-10")
    of_one_kind(first, found, takeable.takeable(conn, ayu, READY))
    assert ledger_audit.audit(conn) == []


@in_transaction
def test_a_wrong_payout_is_put_back_once(conn: Connection) -> None:
    ayu, *_ = _closed(conn)
    done = payouts.record(conn, NEW, READY, LATER)
    assert done.payout_id is not None
    assert payouts.reverse(conn, done.payout_id, "refused", ADMIN, LATER)
    assert not payouts.reverse(conn, done.payout_id, "again", ADMIN, LATER)
    assert takeable.takeable(conn, ayu, READY).amount == 16_000
    found = payouts.find(conn, done.payout_id)
    assert found is not None
    assert (found.reversed_at, found.reason) == (LATER, "refused")
    assert payouts.last_of(conn, ayu) is None
    assert payouts.record(conn, NEW, READY, LATER) == Recording(done.payout_id, 16_000, again=True)
    assert takeable.takeable(conn, ayu, READY).amount == 16_000
    assert payouts.find(conn, 999) is None
    assert ledger_audit.audit(conn) == []


@in_transaction
def test_what_is_not_ready_yet_is_not_paid(conn: Connection) -> None:
    ayu, bayu, citra = company(conn)
    sums = write_all(conn)
    assert _pay(conn, "hidden", ayu, 1) == Recording(None, 0)
    assert payout_lists.payable(conn, READY) == []
    assert closing.finish(conn, MONTH, sums, LATER, cut=0) is None
    early = READY - timedelta(days=1)
    assert takeable.takeable(conn, bayu, early).amount == 0
    assert payout_lists.payable(conn, early) == []
    assert payout_lists.payable(conn, READY) == [(ayu, 16_000), (bayu, 16_000)]
    assert takeable.takeable(conn, citra, READY) == takeable.Takeable(0, 0)
    assert takeable.first_credit(conn, citra) is None


RETURN = text("""
    INSERT INTO returns (reference, sale_id, state, came_on, saleable, reason, amount, goods,
      points, bonus_value, refund, asked_at, asked_by)
    VALUES ('back', 2, 'waiting', '2026-12-09', 1, '', 50000, 40000, 5, 40000, 0, 1, 1)
""")


@in_transaction
def test_what_a_waiting_return_may_take_is_held(conn: Connection) -> None:
    ayu, bayu, citra = _closed(conn)
    conn.execute(RETURN)
    # Half of Bayu's sale comes back: Ayu would lose Rp4.000 of the Rp8.000 from it.
    assert takeable.held_by_returns(conn, ayu, READY) == 4_000
    assert takeable.all_held_by_returns(conn, READY) == {ayu: 4_000}
    assert takeable.takeable(conn, ayu, READY) == takeable.Takeable(12_000, 4_000)
    assert payout_lists.payable(conn, READY) == [(ayu, 12_000), (bayu, 16_000)]
    assert _pay(conn, "all", ayu, 16_000) == Recording(None, 12_000)
    conn.execute(text("UPDATE returns SET state = 'rejected', decided_at = 2"))
    assert (
        takeable.held_by_returns(conn, ayu, READY)
        == takeable.held_by_returns(conn, citra, READY)
        == 0
    )


@in_transaction
def test_what_a_waiting_return_may_take_from_a_pool_is_held_for_all_who_share_it(
    conn: Connection,
) -> None:
    ids = company(conn)
    shared = Pool("omzet", (), 1_000, Conditions(rank_min=1), of="sales")
    version = Version(PLAN.since, (*PLAN.rules, shared), (Rank("perak", group_points=1),))
    close(conn, MONTH, version)
    ready = (LATER + 30 * DAY).date()
    before = {each: takeable.takeable(conn, each, ready).amount for each in ids}
    conn.execute(RETURN)
    held = takeable.all_held_by_returns(conn, ready)
    assert held == {each: takeable.held_by_returns(conn, each, ready) for each in ids}
    assert all(held.values())
    payable = dict(payout_lists.payable(conn, ready))
    assert payable == {each: before[each] - held[each] for each in ids}
    for each in ids:
        new = replace(NEW, reference=f"all {each}", member_id=each, amount=payable[each])
        assert payouts.record(conn, new, ready, LATER).payout_id is not None
    # The return is confirmed after all, and leaves no wallet below zero.
    (back,) = returns.of_sale(conn, 2)
    counted = count_return(conn, back, NEXT, note="", by=7, at=LATER)
    assert counted is not None
    assert counted.taken == held
    assert all(ledger.balance(conn, ledger.wallet_name(each)) == 0 for each in ids)


@in_transaction
def test_a_waiting_return_of_a_month_that_is_not_ready_holds_nothing_of_the_others(
    conn: Connection,
) -> None:
    ayu, bayu, _ = ids = _closed(conn)
    soap = products.catalogue(conn)[0]
    for number, seller in enumerate(ids):
        sale = sell(
            conn, seller, soap, reference=f"next{number}", sold_on="2026-12-03", period=NEXT
        )
        assert decision.decide(conn, sale, "waiting", "approved", None, LATER, plan=NO_PLAN)
    _close_next(conn)
    of_bayu = conn.execute(
        text("SELECT id FROM sales WHERE period = :period AND seller_id = :seller_id"),
        {"period": NEXT, "seller_id": bayu},
    ).scalar_one()
    conn.execute(text(RETURN.text.replace("'back', 2,", f"'back', {of_bayu},")))
    ready = date(2027, 1, 8)
    early = ready - timedelta(days=1)
    assert takeable.takeable(conn, ayu, early) == takeable.Takeable(16_000, 0)
    assert takeable.all_held_by_returns(conn, early) == {}
    assert payout_lists.payable(conn, early) == [(ayu, 16_000), (bayu, 16_000)]
    assert takeable.takeable(conn, ayu, ready) == takeable.Takeable(24_000, 4_000)
    assert payout_lists.payable(conn, ready) == [(ayu, 24_000), (bayu, 24_000)]


@in_transaction
def test_a_list_is_frozen_and_pays_each_member_once(conn: Connection) -> None:
    ayu, bayu, citra = _closed(conn)
    made = payout_lists.make_list(conn, "list", READY, ADMIN, LATER)
    assert made is not None
    assert payout_lists.latest_list(conn) == made
    _pay(conn, "by hand", ayu, 1_000)
    assert payout_lists.make_list(conn, "list", READY, ADMIN, LATER) == made
    total = payout_lists.total_of(conn, made)
    assert total == payout_lists.ListTotal(2, 32_000)
    lines = payout_lists.lines_of(conn, made)
    assert [(line.name, line.amount) for line in lines] == [
        ("Mitra Ke-1", 16_000),
        ("Mitra Ke-2", 16_000),
    ]
    reference = payout_lists.list_reference(made, bayu)
    assert _pay(conn, reference, bayu, 16_000).left == 0
    codes = [f"C{member_id:07d}" for member_id in (ayu, bayu, citra)]
    listed = payout_lists.listed(conn, made, codes)
    assert {code: one.recorded for code, one in listed.items()} == {
        codes[0]: False,
        codes[1]: True,
    }
    assert payout_lists.listed(conn, 999, codes) == {}
    of_one_kind(total, *lines, *listed.values())
    assert ledger_audit.audit(conn) == []


@in_transaction
def test_lines_that_are_not_recorded_are_found(conn: Connection) -> None:
    ayu, bayu, citra = _closed(conn)
    assert unrecorded.open_lists(conn) == []
    made = [payout_lists.make_list(conn, f"list {n}", READY, ADMIN, LATER) for n in range(5)]
    ids = [each for each in made if each is not None]
    both = [unrecorded.OpenList(each, LATER, 2, 32_000) for each in reversed(ids)]
    assert unrecorded.open_lists(conn) == both[:3]
    assert unrecorded.line_of(conn, bayu) == replace(both[0], count=1, amount=16_000)
    assert unrecorded.line_of(conn, citra) is None
    # Ayu is paid a part by the fourth list: the earlier ones are settled with it.
    reference = payout_lists.list_reference(ids[3], ayu)
    new = replace(NEW, reference=reference, member_id=ayu, list_id=ids[3])
    assert payouts.record(conn, new, READY, LATER).payout_id is not None
    left = [replace(each, count=1, amount=16_000) for each in both[1:3]]
    assert unrecorded.open_lists(conn) == [both[0], *left]
    assert unrecorded.line_of(conn, ayu) == replace(both[0], count=1, amount=16_000)
    # Bayu is paid all by hand: nothing of his can be listed again, but his line is known.
    assert _pay(conn, "by hand", bayu, 16_000).left == 0
    assert unrecorded.open_lists(conn) == [replace(both[0], count=1, amount=16_000)]
    assert unrecorded.line_of(conn, bayu) is not None
    of_one_kind(*unrecorded.open_lists(conn))


@in_transaction
def test_without_anything_to_pay_there_is_no_list(conn: Connection) -> None:
    company(conn)
    assert payout_lists.make_list(conn, "list", READY, None, LATER) is None
    assert payout_lists.latest_list(conn) == 0
    assert payout_lists.total_of(conn, 1) == payout_lists.ListTotal(0, 0)


async def test_two_admins_at_once_pay_once(database: Database) -> None:
    await database.write(_closed)
    done = await asyncio.gather(
        *(
            database.write(lambda conn, name=name: _pay(conn, name, 1, 16_000))  # type: ignore[misc]
            for name in ("wati", "adam", "tuti")
        )
    )
    assert sorted(each.payout_id is not None for each in done) == [False, False, True]
    balance = await database.read(lambda conn: ledger.balance(conn, ledger.wallet_name(1)))
    assert balance == 0


@pytest.mark.parametrize("seed", range(4))
async def test_no_payout_makes_a_wallet_negative(database: Database, seed: int) -> None:
    """Random payouts, lists and reversals, between two closings."""
    chance = Random(seed)

    def unit(conn: Connection) -> None:
        ids = _closed(conn)
        soap = products.catalogue(conn)[0]
        for number, seller in enumerate(ids):
            sale = sell(
                conn,
                seller,
                soap,
                reference=f"next{number}",
                sold_on="2026-12-03",
                period=NEXT,
            )
            assert decision.decide(conn, sale, "waiting", "approved", None, LATER, plan=NO_PLAN)
        for step in range(30):
            if step == 15:
                _close_next(conn)
            _random_step(conn, chance, ids, step)
            today = date(2026, 12, 8) + timedelta(days=2 * step)
            can = {each: takeable.takeable(conn, each, today).amount for each in ids}
            assert dict(payout_lists.payable(conn, today)) == {k: v for k, v in can.items() if v}
            assert all(ledger.balance(conn, ledger.wallet_name(each)) >= 0 for each in ids)
        assert ledger_audit.audit(conn) == []
        assert integrity.prove(conn, ZONE) == []

    await database.write(unit)


def _close_next(conn: Connection) -> None:
    later = date(2027, 1, 8)
    at = LATER + 32 * DAY
    closing.begin(
        conn, NEXT, plan=PLAN.since, digest=PLAN.digest, ready_on=later, at=at, point_value=1
    )
    found = credits_of(PLAN, snapshots.of_company(conn, NEXT, PLAN))
    closing.add_credits(conn, NEXT, found)
    payees = closing.payees_of(conn, NEXT)
    closing.post_bonuses(conn, NEXT, payees, at)
    sums = closing.Sums(len(found), len(payees), sum(credit.amount for credit in found))
    assert closing.finish(conn, NEXT, sums, at, cut=0) is None


def _random_step(conn: Connection, chance: Random, ids: list[int], step: int) -> None:
    today = date(2026, 12, 8) + timedelta(days=2 * step)
    member_id = chance.choice(ids)
    before = takeable.takeable(conn, member_id, today).amount
    match chance.randrange(4):
        case 0 | 1:
            amount = chance.choice([1, 5_000, before, before + 1, 16_000]) or 1
            new = replace(NEW, reference=f"step{step}", member_id=member_id, amount=amount)
            done = payouts.record(conn, new, today, LATER)
            assert (done.payout_id is not None) == (amount <= before)
        case 2:
            made = payout_lists.make_list(conn, f"list{step}", today, ADMIN, LATER)
            for who, amount in payout_lists.payable(conn, today) if made else ():
                reference = payout_lists.list_reference(made or 0, who)
                new = replace(NEW, reference=reference, member_id=who, amount=amount, list_id=made)
                assert payouts.record(conn, new, today, LATER).left == 0
        case _:
            for payout in payouts.of_member(conn, member_id, rows=2):
                undone = payouts.reverse(conn, payout.id, "wrong", None, LATER)
                assert undone == (payout.reversed_at is None)
