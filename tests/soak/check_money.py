"""Compares the acts of a soak that move money with what people were told of them."""

from collections import Counter
from collections.abc import Mapping

from bot.store.proof import integrity
from tests.soak.books import Books
from tests.soak.crowd.memory import ACTS, Memory
from tests.soak.crowd.treasury import ZONE
from tests.soak.drive import Soak
from tests.soak.findings import Findings

__all__ = ["check_money"]

RETURNS = """
    SELECT sale_id, asked_by, state, decided_by FROM returns
"""

UNDONE = """
    SELECT sale_id, after FROM sale_decisions WHERE before IN ('approved', 'rejected')
      AND after IN ('waiting', 'rejected')
"""

WALLETS = """
    SELECT m.id,
      coalesce((SELECT a.balance FROM accounts AS a
                WHERE a.member_id = m.id AND a.kind = 'wallet'), 0) AS balance,
      coalesce((SELECT sum(c.amount) FROM credits AS c WHERE c.member_id = m.id), 0)
        + coalesce((SELECT sum(s.amount) FROM pool_shares AS s WHERE s.member_id = m.id), 0)
        AS credited,
      coalesce((SELECT sum(r.amount) FROM credit_returns AS r JOIN credits AS c
                ON c.id = r.credit_id WHERE c.member_id = m.id), 0)
        + coalesce((SELECT sum(r.amount) FROM pool_returns AS r JOIN pool_shares AS s
                    ON s.id = r.pool_share_id WHERE s.member_id = m.id), 0) AS taken_back,
      coalesce((SELECT sum(p.amount) FROM payouts AS p WHERE p.member_id = m.id
                AND NOT EXISTS (SELECT 1 FROM payout_reversals AS v WHERE v.payout_id = p.id)), 0)
        AS paid_out
    FROM members AS m
"""


def check_money(done: Soak, found: Findings) -> None:
    """Every act that was answered is in the books once, and no rupiah is made or lost."""
    books, memory = done.books, done.memory
    faults = books.look(lambda conn: integrity.prove(conn, ZONE))
    found.claim(not faults, f"the integrity check finds: {faults[:5]}")
    _returns(books, memory, found)
    _undone(books, memory, found)
    _months(books, memory, found)
    _payouts(books, memory, found)
    _wallets(books, found)
    for name in ACTS:
        begun, in_hand = done.open_at_kills[name], done.in_hand_at_kills[name]
        found.figures[f"kills that found begun, in hand: {name}"] = f"{begun}, {in_hand}"
    found.figures |= {
        "kills just after a last step": done.aimed,
        "kills while a month was counted or closed; shut": (
            f"{done.kills_of_month}; {done.shut_at_kills}"
        ),
    }


def _told_once(
    found: Findings, memory: Memory, told: Counter[object], kept: Counter[object], what: str
) -> None:
    """What was told is there as often; more is there only where an answer was given up."""
    missing = told - kept
    found.claim(not missing, f"{what} that were told and are not there: {dict(missing)}")
    extra = kept - told
    found.claim(
        extra.total() <= len(memory.unanswered), f"{what} of which no person was told: {extra}"
    )


def _returns(books: Books, memory: Memory, found: Findings) -> None:
    rows = books.execute(RETURNS)
    entered = Counter[object]((row["asked_by"], _receipt(row)) for row in rows)
    _told_once(found, memory, Counter[object](memory.returned), entered, "returns")
    for state, told in (
        ("confirmed", memory.returns_confirmed),
        ("rejected", memory.returns_rejected),
    ):
        kept = Counter[object](_receipt(row) for row in rows if row["state"] == state)
        _told_once(found, memory, Counter[object](told), kept, f"returns {state}")
    late = books.count(
        """SELECT count(*) FROM returns AS r JOIN sales AS s ON s.id = r.sale_id
           WHERE r.state = 'confirmed' AND r.period <> s.period"""
    )
    found.figures |= {
        "returns entered; confirmed; of a closed month": (
            f"{len(rows)}; {sum(row['state'] == 'confirmed' for row in rows)}; {late}"
        ),
    }


def _undone(books: Books, memory: Memory, found: Findings) -> None:
    kept = Counter[object]((_receipt(row), row["after"]) for row in books.execute(UNDONE))
    _told_once(found, memory, Counter[object](memory.undone), kept, "undone decisions")
    found.figures["decisions undone"] = kept.total()


def _months(books: Books, memory: Memory, found: Findings) -> None:
    rows = books.execute("SELECT period, state, paid, payees FROM periods")
    shut = [row["period"] for row in rows if row["state"] != "closed"]
    found.claim(not shut, f"months that stayed shut: {shut}")
    kept = Counter[object]((row["paid"], row["payees"]) for row in rows)
    told = Counter[object](memory.closed.values())
    _told_once(found, memory, told, kept, "months closed")
    found.figures["months closed"] = len(rows)


def _payouts(books: Books, memory: Memory, found: Findings) -> None:
    rows = books.execute("SELECT bank_reference, amount FROM payouts")
    kept = Counter[object]((row["bank_reference"], row["amount"]) for row in rows)
    told = Counter[object](memory.payouts.items())
    _told_once(found, memory, told, kept, "payouts")
    reasons = books.execute("SELECT reason FROM payout_reversals")
    reversed_ = Counter[object](row["reason"] for row in reasons)
    _told_once(found, memory, Counter[object](memory.reversed), reversed_, "reversals")
    found.figures["payouts; reversed"] = f"{len(rows)}; {reversed_.total()}"


def _wallets(books: Books, found: Findings) -> None:
    rows = books.execute(WALLETS)
    for row in rows:
        due = row["credited"] - row["taken_back"] - row["paid_out"]
        words = f"member {row['id']} has Rp{row['balance']} in the wallet, and Rp{due} is due"
        found.claim(row["balance"] == due, words)
    found.figures |= {
        "rupiah credited": sum(row["credited"] for row in rows),
        "taken back by returns": sum(row["taken_back"] for row in rows),
        "paid out": sum(row["paid_out"] for row in rows),
    }


def _receipt(row: Mapping[str, object]) -> str:
    return f"S-{int(str(row['sale_id'])) + 1000}"
