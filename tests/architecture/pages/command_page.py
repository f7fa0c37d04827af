"""Makes what docs/commands.md says of each command: from the flows, and from the command line.

`make docs` writes it between the marks of the page; the rest of the page is written by hand.
"""

import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from bot.cli.command_line import command_line
from bot.conversation.registry import FLOWS
from bot.flows.spec import Who
from tests.architecture.pages.generated_parts import entry, in_one_line, regenerated, wrapped

__all__ = ["PAGE", "with_commands"]

PAGE: Final = Path(__file__).parents[3] / "docs" / "commands.md"

PEOPLE: Final[dict[Who, str]] = {
    "anyone": "all",
    "member": "members",
    "trainer": "trainers, admins",
    "admin": "admins",
}
SENTENCE_END: Final = re.compile(r"(?<=\.)\s+(?=[A-Z])")


def with_commands(page: str) -> str:
    """Returns the page with the commands of the chat and of the command line made again."""
    return regenerated(page, {"chat": _chat(), "line": _line()})


def _chat() -> Iterator[str]:
    """An item for each flow, then more on those of which there is more to say."""
    items, more = [], []
    for spec in FLOWS:
        said = inspect.getdoc(spec.start)
        assert said is not None, f"{spec.name}: the docstring of its start function is missing"
        first, *others = said.split("\n\n")
        items.append(entry([f"/{one}" for one in spec.commands], PEOPLE[spec.who], first))
        if others:
            more += [f"### `/{spec.commands[0]}`", *map(_block, others)]
    yield "\n".join(items)
    yield from more


def _line() -> Iterator[str]:
    """An item for each command, then the rest of its help."""
    items, more = [], []
    for path, command in _commands(command_line, ()):
        first, *others = SENTENCE_END.split(command.help or "", maxsplit=1)
        items.append(entry([" ".join((*path, *_arguments(command)))], "", first))
        more += [f"### `{' '.join(path)}`"]
        more += [_block(one) for other in others for one in other.split("\n\n")]
        options = "\n".join(_options(command))
        more += [options] if options else []
        more += _epilog(command)
    yield "\n".join(items)
    yield from more


def _commands(
    group: click.Group, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, (*path, name))
        else:
            yield (*path, name), command


def _arguments(command: click.Command) -> Iterator[str]:
    """What must stand behind a command, or may."""
    context = click.Context(command, help_option_names=["-h", "--help"])
    for one in command.params:
        if isinstance(one, click.Argument):
            yield one.make_metavar(context)
        elif one.required:
            yield f"{one.opts[0]} {_value(one, context)}"


def _options(command: click.Command) -> Iterator[str]:
    context = click.Context(command, help_option_names=["-h", "--help"])
    for one in command.params:
        if isinstance(one, click.Option) and not one.hidden:
            value = "" if one.is_flag else f" {_value(one, context)}"
            _, words = one.get_help_record(context) or ("", "")
            yield entry([f"{one.opts[0]}{value}"], "", words)


def _value(option: click.Parameter, context: click.Context) -> str:
    """What stands behind an option, without the name of click's type for numbers."""
    return option.make_metavar(context).replace("INTEGER RANGE", "N").replace("INTEGER", "N")


def _epilog(command: click.Command) -> Iterator[str]:
    """Examples as they are typed, and sentences."""
    for part in (command.epilog or "").split("\b\n"):
        head, _, typed = part.strip().partition("\n")
        if typed:
            yield head
            yield f"```\n{textwrap.dedent(typed)}\n```"
        elif head:
            yield _block(head)


def _block(text: str) -> str:
    """Returns a paragraph or a list, in lines that are short enough."""
    if not text.startswith("- "):
        return wrapped(in_one_line(text))
    return "\n".join(wrapped(f"- {in_one_line(one)}", "  ") for one in text[2:].split("\n- "))


if __name__ == "__main__":
    PAGE.write_text(with_commands(PAGE.read_text("utf-8")), "utf-8")
