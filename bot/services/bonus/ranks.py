"""The caller's paid-as rank in a month, and the highest rank ever reached."""

from bot.core.plans import Version
from bot.flows.bonus.bonus_lookups import Ranking
from bot.services.bonus.estimates import TeamMonth, team_month
from bot.services.bonus.wording import rank_name
from bot.store.bonus import ranks
from bot.store.ledger import given_ranks
from bot.turn.turn import Turn

__all__ = ["ranking"]


def ranking(turn: Turn, period: str, *, closed: bool) -> Ranking:
    """Returns the caller's ranks of a month; none for a large team before the close."""
    me, language = turn.caller.member, turn.caller.language
    version = turn.company.plan.version_for(period)
    if version is None or not version.ranks:
        return Ranking()
    if closed:
        held = ranks.find(turn.conn, period, me.id)
        given = given_ranks.of_member(turn.conn, me.id, period)
        slugs = [held.title if held else "", given.rank if given else ""]
        title = max(slugs, key=lambda slug: version.rank_numbers.get(slug, 0))
        paid_as = held.paid_as if held else ""
        return _both(*(_named(version, slug, language) for slug in (paid_as, title)))
    seen = team_month(turn.conn, turn.company, me.id, period)
    if not isinstance(seen, TeamMonth):
        return Ranking()
    month, place = seen.month, seen.place
    numbers = (month.ranks[place], max(month.titles[place], month.snapshot.given[place]))
    return _both(*(rank_name(version, number, language) for number in numbers))


def _both(paid_as: str, title: str) -> Ranking:
    return Ranking(paid_as, "" if title == paid_as else title)


def _named(version: Version, slug: str, language: str) -> str:
    """Returns the name of a rank; its slug where the plan no longer has it."""
    number = version.rank_numbers.get(slug, 0)
    return rank_name(version, number, language) or slug
