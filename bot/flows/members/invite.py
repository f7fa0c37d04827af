"""A member's own code, link and QR, to share with people who like the products."""

from dataclasses import dataclass

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow
from bot.flows.caller import Caller
from bot.flows.spec import Action, FlowSpec, HelpPlace, MenuPlace

__all__ = ["SPEC", "Invitation", "Invite", "invite"]


@dataclass(frozen=True, slots=True)
class Invitation(Message):
    """The caption of the QR picture."""

    code: str
    link: str


@dataclass(frozen=True, slots=True)
class Invite(Action):
    """Show the caller's own invitation."""

    code: str


def invite(caller: Caller, _args: str) -> Flow[Invite]:
    """Show your own code, link and QR picture."""
    yield from ()
    return Invite(caller.member.code)


SPEC = FlowSpec(
    "invite",
    invite,
    ("undang", "invite"),
    who="member",
    heard=(("invite", ""),),
    words=("undang", "ajak", "invite"),
    acts=True,
    in_help=(HelpPlace("money", row=2, column=2),),
    in_menu=(MenuPlace("members", 70),),
)
