"""Whether a month may be closed: as it was confirmed, and not beyond what it sold.

The one place where both ways to close, the panel and the command line, are checked; it runs in the
transaction that shuts the month.
"""

from collections.abc import Mapping

from sqlalchemy import Connection

from bot.core.input.checked_json import array, record
from bot.core.plans.bonus_share import judge_share
from bot.store.months import closing_requests, month_checks
from bot.store.months.closing_requests import ClosingFigures, ClosingRequest

__all__ = ["absurd_words", "figures_in", "high_words", "why_not_begin"]

PERCENT = 100


def figures_in(wish: Mapping[str, object]) -> ClosingFigures:
    """Returns the figures of a month, as a step of its closing hands them over."""
    return record(ClosingFigures, array(wish, "figures"))


def absurd_words(period: str, figures: ClosingFigures) -> str:
    """Returns for the operator why a month that pays more than it sold is not closed."""
    return (
        f"its bonuses (Rp{figures.paid}) are more than its net sales (Rp{figures.sales}), which "
        f"no plan can mean. Check the plan and the price list: python -m bot close {period} "
        "--preview"
    )


def high_words(figures: ClosingFigures, cap_percent: int) -> str:
    """Returns for the operator why a month above the company's limit needs a reason."""
    return (
        f"its bonuses (Rp{figures.paid}) are more than {cap_percent} % of its net sales "
        f"(Rp{figures.sales}), and no reason is given"
    )


def why_not_begin(
    conn: Connection, wish: Mapping[str, object], period: str, *, shut: bool
) -> dict[str, object] | None:
    """Returns why the closing does not begin or go on; None where it may.

    Args:
        conn: the transaction that shuts the month.
        wish: the step, with the figures and the stamp of the snapshot they were counted from.
        period: the month.
        shut: whether the month was shut before; then no sale can have changed it since.

    Returns:
        `refused` with a sentence, `different` where other figures were confirmed, or `stale` where
        the month has changed since the snapshot.
    """
    if shut and wish.get("request") is None and "figures" not in wish:
        return None
    figures = figures_in(wish)
    if judge_share(figures.paid, figures.sales, PERCENT) == "absurd":
        return {"refused": absurd_words(period, figures)}
    if shut and wish.get("request") is None:
        return None
    request = _agreed(conn, wish, period)
    if request is None:
        return {"refused": "nobody has confirmed its figures, or the request was withdrawn"}
    if request.figures != figures:
        return {"different": True}
    high = judge_share(figures.paid, figures.sales, request.cap_percent) != "usual"
    if high and not request.reason:
        return {"refused": high_words(figures, request.cap_percent)}
    if not shut and month_checks.month_stamp(conn, period) != wish["stamp"]:
        return {"stale": True}
    return None


def _agreed(conn: Connection, wish: Mapping[str, object], period: str) -> ClosingRequest | None:
    number = wish.get("request")
    request = closing_requests.request_by_id(conn, number) if isinstance(number, int) else None
    agreed = request is not None and request.state == "agreed" and request.period == period
    return request if agreed else None
