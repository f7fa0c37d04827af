"""The caller's paid-as rank in a month, and the highest rank ever reached."""

from bot.core.plans import Version
from bot.flows.bonus.bonus_lookups import Ranking
from bot.services.bonus.estimates import TeamMonth, team_month
from bot.services.bonus.wording import in_words, rank_name
from bot.store.bonus import ranks
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
        if held is None:
            return Ranking()
        return _both(*(_named(version, slug, language) for slug in (held.paid_as, held.title)))
    seen = team_month(turn.conn, turn.company, me.id, period)
    if not isinstance(seen, TeamMonth):
        return Ranking()
    numbers = (seen.month.ranks[seen.place], seen.month.titles[seen.place])
    return _both(*(rank_name(version, number, language) for number in numbers))


def _both(paid_as: str, title: str) -> Ranking:
    return Ranking(paid_as, "" if title == paid_as else title)


def _named(version: Version, slug: str, language: str) -> str:
    """Returns the name of a rank; its slug where the plan no longer has it."""
    names = next((rank.names for rank in version.ranks if rank.slug == slug), ())
    return in_words(names, slug, language)
