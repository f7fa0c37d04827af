"""Sales, decisions, undoing, returns, closes, late approvals and payouts in whatever order.

After each step every posting is explained, every counter equals a recount, and the wallets hold
what was credited less what came back and what was paid out.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import Connection, text

from bot.company.model import NO_PLAN
from bot.core.calendar.periods import next_period
from bot.core.plans import (
    Caps,
    Conditions,
    Differential,
    Personal,
    Plan,
    Pool,
    Rank,
    Unilevel,
    Version,
)
from bot.services.returns.taking_back import take_return_back
from bot.services.sales import decision
from bot.store.db.database import Database
from bot.store.payouts import payouts, takeable
from bot.store.payouts.payouts import NewPayout
from bot.store.proof import integrity
from bot.store.returns import returns
from bot.store.sales import sales
from tests.store.both import START, ZONE
from tests.store.returns.history import History, close

RANKS = (Rank("perak", group_points=20), Rank("emas", own_points=10, accumulated_points=120))
RULES = (
    Unilevel("tim", (), (800, 333)),
    Differential("selisih", (), ((0, 300), (50, 700))),
    Personal("diri", (), ((0, 250), (40, 633)), Conditions(customers_min=1)),
    Pool("bersama", (), 333, Conditions(rank_min=1)),
)
CAPS = Caps(member=19_999)
PLAN = Plan(
    (
        Version("2026-01", RULES, RANKS, point_value=1, qualify_by="bought"),
        Version(
            "2026-12", RULES, RANKS, point_value=2, caps=Caps(member=19_999), qualify_by="sold"
        ),
        Version("2027-02", RULES[:1], RANKS, point_value=3, qualify_by="sold"),
    )
)

IN_WALLETS = text("SELECT coalesce(sum(balance), 0) FROM accounts WHERE kind = 'wallet'")
OWED = text("""
    SELECT (SELECT coalesce(sum(amount), 0) FROM credits)
      + (SELECT coalesce(sum(amount), 0) FROM pool_shares)
      - (SELECT coalesce(sum(amount), 0) FROM credit_returns)
      - (SELECT coalesce(sum(amount), 0) FROM pool_returns)
      + (SELECT coalesce(sum(amount), 0) FROM restored_credits)
      + (SELECT coalesce(sum(amount), 0) FROM restored_pool_shares)
      - (SELECT coalesce(sum(amount), 0) FROM payouts)
      + (SELECT coalesce(sum(p.amount), 0) FROM payouts AS p
         JOIN payout_reversals AS r ON r.payout_id = p.id)
""")
LATE_DAY = (START + timedelta(days=400)).date()


@dataclass
class Everything(History):
    """A company in which everything happens that moves money."""

    waiting: list[int] = field(default_factory=list)
    paid: list[int] = field(default_factory=list)
    back: list[int] = field(default_factory=list)
    done: set[str] = field(default_factory=set)

    def step(self) -> None:
        """Do one thing."""
        self.number += 1
        things = (
            self._sell,
            self._sell,
            self._sell,
            self._return,
            self._undo,
            self._undo,
            self._pay,
            self._take_back,
        )
        lot = self.chance.random()
        if lot < 0.15:
            self._decide()
        elif lot < 0.3:
            self.chance.choice((self._close, self._reverse))()
        else:
            self.chance.choice(things)()

    def _return(self) -> None:
        if self.sold:
            super()._return()
            entered = returns.by_reference(self.conn, f"r{self.number}")
            self.back += [] if entered is None else [entered.id]

    def _take_back(self) -> None:
        """Take back a return, of whatever sale; refused once its month is closed."""
        if not self.back:
            return
        found = [returns.by_id(self.conn, each) for each in self.back]
        now = [back.id for back in found if back is not None and back.period == self.now]
        number = self.chance.choice(now[-3:] + self.back[-2:])
        back = returns.by_id(self.conn, number)
        assert back is not None
        sale = sales.by_id(self.conn, back.sale_id)
        assert sale is not None
        is_late = back.period is not None and back.period > sale.period
        done = take_return_back(self.conn, number, reason="salah", by=7, at=START)
        assert (done is None) == (back.state != "confirmed" or back.period != self.now)
        if done is not None:
            self.done.add("taken back late" if is_late else "taken back")

    def _undo(self) -> None:
        """Take an approved sale back; refused once goods came back or its month is closed."""
        if not self.sold:
            return
        sale = self.chance.choice(self.sold[-4:])
        at = START + timedelta(minutes=self.number)
        if decision.decide(
            self.conn, sale, "approved", "waiting", 7, at, reason="salah", plan=NO_PLAN
        ):
            self.sold.remove(sale)
            self.waiting.append(sale)
            self.done.add("undone")
        else:
            self.done.add("kept")

    def _decide(self) -> None:
        """Decide about a sale that waits, maybe long after its month was closed."""
        if not self.waiting:
            return
        sale = self.waiting.pop(self.chance.randrange(len(self.waiting)))
        status = self.chance.choice(["approved"] * 4 + ["rejected", "void"])
        at = START + timedelta(minutes=self.number)
        assert decision.decide(self.conn, sale, "waiting", status, 7, at, plan=PLAN)
        if status == "approved":
            self.sold.append(sale)
            self.done.add("approved again")

    def _pay(self) -> None:
        member = self.chance.choice(self.members)
        can = takeable.takeable(self.conn, member, LATE_DAY).amount
        amount = can + self.chance.choice([1, 0, 0, -can // 2])
        if amount <= 0:
            return
        new = NewPayout(
            reference=f"p{self.number}",
            member_id=member,
            amount=amount,
            paid_on=LATE_DAY.isoformat(),
            bank_reference="",
            list_id=None,
            by=7,
        )
        recorded = payouts.record(self.conn, new, LATE_DAY, START)
        assert (recorded.payout_id is None) == (amount > can)
        assert recorded.payout_id is None or payouts.record(self.conn, new, LATE_DAY, START).again
        if recorded.payout_id is not None:
            self.paid.append(recorded.payout_id)
            self.done.add("paid")

    def _reverse(self) -> None:
        if self.paid:
            payout = self.paid.pop()
            assert payouts.reverse(self.conn, payout, "salah", 7, START)
            assert not payouts.reverse(self.conn, payout, "salah", 7, START)
            self.done.add("reversed")

    def _close(self) -> None:
        version = PLAN.version_for(self.now)
        assert version is not None
        close(self.conn, self.now, version)
        self.now = next_period(self.now)
        self.done.add("closed")


@pytest.mark.parametrize("seed", range(6))
async def test_money_is_neither_made_nor_lost(database: Database, seed: int) -> None:
    def unit(conn: Connection) -> None:
        company = Everything(conn, PLAN.versions[0], Random(seed))
        company.begin()
        for _ in range(150):
            company.step()
            assert integrity.prove(conn, ZONE) == []
            assert conn.execute(IN_WALLETS).scalar_one() == conn.execute(OWED).scalar_one()
        wanted = {"undone", "approved again", "closed", "paid", "reversed"}
        assert wanted | {"taken back late"} <= company.done

    await database.write(unit)
