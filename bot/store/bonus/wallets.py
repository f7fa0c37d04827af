"""Pays the bonuses of a month into many wallets at once.

Does what `ledger.post` does for one posting, with as few statements for a thousand of them.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, text

from bot.store.db import bulk
from bot.store.db.types import Instant
from bot.store.ledger import ledger

__all__ = ["pay"]

OPEN_WALLET = text("""
    INSERT INTO accounts (name, kind, member_id) VALUES (:name, 'wallet', :member_id)
    ON CONFLICT (name) DO NOTHING
""")

LAST_POSTING = text("SELECT COALESCE(MAX(id), 0) FROM postings")

PAY = text("""
    INSERT INTO postings (reference, source_id, destination_id, amount, cause, closing, period, at)
    VALUES (:reference, :source_id, (SELECT id FROM accounts WHERE name = :name), :amount,
            'closing', :closing, :period, :at)
    ON CONFLICT (reference) DO NOTHING
""")

# Nothing else posts from the bonus account, so every newer posting from it is one of these.
MOVE_PAID = text("""
    UPDATE accounts SET balance = accounts.balance + p.amount FROM postings AS p
    WHERE p.source_id = :bonus AND p.id > :last AND p.destination_id = accounts.id
""")


def pay(conn: Connection, period: str, payees: Iterable[tuple[int, int]], at: datetime) -> None:
    """Pay members their bonuses of a month that is being closed, each member once.

    The caller holds the lock of the month, so that nothing else posts for it meanwhile.
    """
    bonus = ledger.house_account(conn, ledger.BONUS)
    moment = Instant().process_bind_param(at, conn.dialect)
    named = [(ledger.wallet_name(member_id), member_id, amount) for member_id, amount in payees]
    bulk.write(conn, OPEN_WALLET, [(name, member_id) for name, member_id, _ in named])
    last = conn.execute(LAST_POSTING).scalar_one()
    paid = [
        (ledger.bonus_reference(period, member_id), bonus, name, amount, period, period, moment)
        for name, member_id, amount in named
    ]
    bulk.write(conn, PAY, paid)
    conn.execute(MOVE_PAID, {"bonus": bonus, "last": last})
