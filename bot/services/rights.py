"""Who may start what, and go on with it: asked whenever something is said, not once before."""

from bot.core.messages import Message
from bot.flows.caller import Caller
from bot.flows.spec import FlowSpec
from bot.flows.talk import OnlyForMembers, OnlyForRole, Suspended

__all__ = ["may", "why_not"]


def may(caller: Caller, spec: FlowSpec) -> bool:
    """Whether this person may use the flow at this moment."""
    if spec.acts and caller.me is not None and not caller.me.active:
        return False
    match spec.who:
        case "anyone":
            return True
        case "member":
            return caller.me is not None
        case "trainer":
            return not caller.roles.isdisjoint({"trainer", "admin"})
        case "admin":
            return "admin" in caller.roles


def why_not(caller: Caller, spec: FlowSpec) -> Message:
    """What to say to somebody who may not."""
    if caller.me is not None and not caller.me.active:
        return Suspended()
    if caller.me is None and spec.who == "member":
        return OnlyForMembers()
    return OnlyForRole(spec.who)
