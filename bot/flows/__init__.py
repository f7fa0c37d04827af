"""Everything that a person can do with the bot: one line a flow."""

from bot.flows.bonus import balance, bonus, why_nothing
from bot.flows.broadcasts import broadcast
from bot.flows.home import contact, home
from bot.flows.members import claim, invite, profile, register, relink
from bot.flows.office import manage
from bot.flows.products import products
from bot.flows.sales import approve, receipts, sell
from bot.flows.spec import FlowSpec
from bot.flows.team import team
from bot.flows.tips import permissions, tip_choices

__all__ = ["FLOWS", "by_command", "by_name", "by_word"]

FLOWS: tuple[FlowSpec, ...] = (
    sell.SPEC,
    receipts.SPEC,
    receipts.VOID,
    approve.SPEC,
    balance.SPEC,
    bonus.SPEC,
    bonus.WHY_SPEC,
    why_nothing.WHY_NOT_SPEC,
    why_nothing.NEXT_SPEC,
    invite.SPEC,
    register.SPEC,
    claim.SPEC,
    team.SPEC,
    tip_choices.SPEC,
    home.HOME,
    home.HELP,
    home.LANGUAGE,
    home.ENGLISH,
    home.INDONESIAN,
    profile.PROFILE,
    permissions.STOP,
    broadcast.SPEC,
    manage.MANAGE,
    products.SPEC,
    relink.SPEC,
    contact.SPEC,
)

_BY_NAME = {spec.name: spec for spec in FLOWS}
_BY_COMMAND = {command: spec for spec in FLOWS for command in spec.commands}
_BY_WORD = {word: spec for spec in FLOWS for word in spec.words}


def by_name(name: str) -> FlowSpec | None:
    """The flow of this name."""
    return _BY_NAME.get(name)


def by_command(command: str) -> FlowSpec | None:
    """The flow that this command starts, without the slash."""
    return _BY_COMMAND.get(command)


def by_word(text: str) -> FlowSpec | None:
    """The flow that this text starts when typed alone."""
    return _BY_WORD.get(" ".join(text.casefold().split()))
