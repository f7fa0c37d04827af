"""Everything that a person can do with the bot: one line a flow."""

from collections.abc import Callable

from bot.flows.spec import FlowSpec

__all__ = ["FLOWS", "SHORTHAND", "by_command", "by_name", "by_word"]

FLOWS: tuple[FlowSpec, ...] = ()

SHORTHAND: tuple[tuple[Callable[[str], bool], str], ...] = ()
"""What recognises a line typed outside any conversation, and the command that it starts."""

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
