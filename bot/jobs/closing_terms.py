"""What the company's plan and rules say about closing one month."""

import base64
import pickle
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from bot.company import Company
from bot.company.plan_file import plan_of
from bot.core.calendar.hours import local_day
from bot.core.calendar.periods import period_bounds
from bot.core.plans import Version
from bot.store.ledger import periods, shut_months

__all__ = ["ClosingTerms", "packed", "ready_on", "terms_for", "terms_to_close", "unpacked"]


@dataclass(frozen=True, slots=True)
class ClosingTerms:
    """How a month is closed.

    Attributes:
        since: the first month of the plan, YYYY-MM.
        version: of the plan, which holds for the month.
        ready_on: the day from which its bonuses can be taken.
        cap_percent: how much of the net sales the bonuses may be without a reason.
        plan_file: the text of the plan file, which is kept while the month is shut.
        languages: in which the plan file names its rules.
    """

    period: str
    since: str
    version: Version
    ready_on: date
    cap_percent: int
    plan_file: str = ""
    languages: tuple[str, ...] = ()


def terms_for(company: Company, period: str) -> ClosingTerms | None:
    """Returns the terms of a month; None where the plan has no rule for it."""
    version = company.plan.version_for(period)
    if version is None:
        return None
    return ClosingTerms(
        period=period,
        since=company.plan.versions[0].since,
        version=version,
        ready_on=ready_on(company, period),
        cap_percent=company.policy.bonus_share_max_percent,
        plan_file=company.plan.source,
        languages=company.languages,
    )


def terms_to_close(conn: Connection, *, company: Company, period: str) -> ClosingTerms | None:
    """Returns the terms of a month; of one that is shut, under the plan it was shut with.

    Those of today where that plan is not kept, or reads otherwise by now; the step that goes on
    compares the digests.
    """
    today = terms_for(company, period)
    standing, shut = periods.find(conn, period), shut_months.find(conn, period)
    if standing is None or shut is None:
        return today
    plan, faults = plan_of(shut.plan, f"the plan of {period}", shut.languages)
    version = plan.version_for(period)
    if faults or version is None or version.digest != standing.plan_digest:
        return today
    return ClosingTerms(
        period=period,
        since=plan.versions[0].since,
        version=version,
        ready_on=date.fromisoformat(standing.ready_on),
        cap_percent=company.policy.bonus_share_max_percent,
        plan_file=shut.plan,
        languages=shut.languages,
    )


def ready_on(company: Company, period: str) -> date:
    """Returns the first day after the right of customers to return goods of that month."""
    after = local_day(period_bounds(period, company.time_zone)[1], company.time_zone)
    return after + timedelta(days=company.policy.customer_window_days)


def packed(terms: ClosingTerms) -> str:
    """Returns the terms as a text, which the bot hands to its own child process."""
    return base64.b64encode(pickle.dumps(terms)).decode("ascii")


def unpacked(sent: str) -> ClosingTerms:
    """Returns the terms that `packed` made; only for what the parent process has sent."""
    terms: ClosingTerms = pickle.loads(base64.b64decode(sent))  # noqa: S301
    return terms
