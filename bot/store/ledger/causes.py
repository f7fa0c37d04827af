"""The closed list of causes of postings, and the accounts between which each moves money."""

from typing import Final, Literal

__all__ = ["SHAPES", "PostingCause"]

PostingCause = Literal["sale", "closing", "return", "payout", "opening", "tax"]
"""What a posting comes from.

`opening` is what the company owed a member when it began with the bot. `tax` is reserved: no
posting has it, and the integrity check refuses those that do.
"""

SHAPES: Final = frozenset(
    {
        ("sale", "house:customers", "trade"),
        ("sale", "trade", "house:goods"),
        ("closing", "house:bonus", "wallet"),
        ("return", "trade", "house:customers"),
        ("return", "house:goods", "trade"),
        ("return", "wallet", "house:bonus"),
        ("return", "house:bonus", "wallet"),
        ("payout", "wallet", "house:payouts"),
        ("opening", "house:opening", "wallet"),
    }
)
"""PostingCause, source and destination of each allowed posting; members' accounts by their kind.

A reversal goes the other way. A return that is taken back pays bonuses into wallets again; the
amounts may differ by rounding from those that it took. No wallet pays another, and no sale pays
into a wallet.
"""
