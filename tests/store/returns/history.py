"""A company that sells, gives goods back and closes months, all by chance."""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from sqlalchemy import Connection

from bot.company.model import NO_PLAN
from bot.core.calendar.periods import next_period
from bot.core.plans import Version, work_out
from bot.core.returns.pieces import figures_of
from bot.core.sales.products import Product
from bot.core.sales.sales import SaleLine, totals
from bot.services.returns.confirming import CountedReturn, count_return
from bot.services.sales import decision
from bot.store.bonus import closing, ranks
from bot.store.customers import customers
from bot.store.ledger import snapshots
from bot.store.returns import returns
from bot.store.sales import sales
from tests.store.both import MONTH, START, join, stock

__all__ = ["History", "close", "give_back", "log"]

LATER = START + timedelta(days=32)


def log(
    conn: Connection,
    seller_id: int,
    pieces: list[tuple[Product, int, int]],
    *,
    reference: str,
    period: str = MONTH,
    buyer: str = "Bu Ani",
) -> int:
    """Enter and approve a sale of products with pieces and an amount each; returns its id."""
    lines = [SaleLine(product, quantity, amount) for product, quantity, amount in pieces]
    customer = customers.add(conn, seller_id, buyer, buyer.lower(), START) if buyer else None
    sale_id = sales.add(
        conn,
        lines,
        totals(lines),
        reference=reference,
        seller_id=seller_id,
        customer_id=customer,
        sold_on=f"{period}-02",
        period=period,
        invoice="",
        photo_id="",
        photo_key="",
        photo_kind="",
        logged_at=START,
    )
    assert decision.decide(conn, sale_id, "waiting", "approved", None, START, plan=NO_PLAN)
    return sale_id


def give_back(
    conn: Connection, sale_id: int, pieces: list[tuple[int, int]], now: str, reference: str
) -> CountedReturn | None:
    """Return pieces of the lines with these places in the sale, and confirm it."""
    sold = returns.sold_pieces(conn, sale_id)
    back = figures_of(sold, [(sold[place].line_id, number) for place, number in pieces])
    returns.add(
        conn,
        sale_id,
        back,
        reference=reference,
        came_on="2026-12-01",
        reason="",
        refund=back.amount,
        by=7,
        at=LATER,
    )
    entered = returns.by_reference(conn, reference)
    assert entered is not None
    return count_return(conn, entered, now, note="", by=7, at=LATER)


def close(conn: Connection, period: str, version: Version) -> None:
    """Close a month in all its steps."""
    closing.begin(
        conn,
        period,
        plan=version.since,
        digest=version.digest,
        ready_on=LATER.date(),
        at=LATER,
        point_value=version.point_value,
    )
    month = snapshots.of_company(conn, period, version)
    outcome = work_out(version, month)
    closing.add_credits(conn, period, outcome.credits)
    closing.add_ranks(conn, period, ranks.held_after(version, month, outcome))
    closing.post_bonuses(conn, period, closing.payees_of(conn, period), LATER)
    found = outcome.credits
    sums = closing.Sums(
        len(found), len({each.member_id for each in found}), sum(x.amount for x in found)
    )
    assert closing.finish(conn, period, sums, LATER, cut=outcome.cut) is None


@dataclass
class History:
    """What happens by chance; each step is one sale, one return or one close."""

    conn: Connection
    version: Version
    chance: Random
    now: str = MONTH
    number: int = 0
    sold: list[int] = field(default_factory=list)

    def begin(self) -> None:
        """Seven members in three generations, and two articles."""
        self.members = join(self.conn, [None, 1, 1, 2, 2, 3, 4])
        self.articles = stock(self.conn)

    def step(self) -> None:
        """Do one thing."""
        self.number += 1
        lot = self.chance.random()
        if lot < 0.5 or not self.sold:
            self._sell()
        elif lot < 0.93:
            self._return()
        else:
            close(self.conn, self.now, self.version)
            self.now = next_period(self.now)

    def _sell(self) -> None:
        lines = []
        for product in self.chance.sample(self.articles, self.chance.randint(1, 2)):
            quantity = self.chance.randint(1, 7)
            amount = quantity * product.retail_price - self.chance.randint(0, 999)
            lines.append((product, quantity, amount))
        buyer = self.chance.choice(["Bu Ani", "Pak Udin", ""])
        seller = self.chance.choice(self.members)
        sale = log(
            self.conn, seller, lines, reference=f"s{self.number}", period=self.now, buyer=buyer
        )
        self.sold.append(sale)

    def _return(self) -> None:
        sale = self.chance.choice(self.sold[-12:])
        sold = returns.sold_pieces(self.conn, sale)
        pieces = [
            (place, self.chance.randint(1, line.left))
            for place, line in enumerate(sold)
            if line.left and self.chance.random() < 0.8
        ]
        if pieces:
            counted = give_back(self.conn, sale, pieces, self.now, f"r{self.number}")
            assert counted is not None
