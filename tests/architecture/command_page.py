"""Makes what docs/commands.md says of each command: from the flows, and from the command line.

`make docs` writes it between the marks of the page; what stands outside them is written by hand.
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

__all__ = ["PAGE", "made_anew"]

PAGE: Final = Path(__file__).parents[2] / "docs" / "commands.md"
LINE_CHARACTERS_MAX: Final = 120

PEOPLE: Final[dict[Who, str]] = {
    "anyone": "everybody",
    "member": "members",
    "trainer": "trainers, admins",
    "admin": "admins",
}
MADE: Final = re.compile(r"(<!-- made by make docs: (\w+) -->\n).*?(<!-- end -->\n)", re.DOTALL)
LINK: Final = re.compile(r"\bdocs/([\w-]+\.md)")
SENTENCE_END: Final = re.compile(r"(?<=\.)\s+(?=[A-Z])")


def made_anew(page: str) -> str:
    """Returns the page with all that is made in it made again.

    Raises:
        ValueError: where the page has lost a mark.
    """
    parts = {"chat": _chat, "line": _line}
    if sorted(found[2] for found in MADE.finditer(page)) != sorted(parts):
        raise ValueError(f"a mark is missing; there must be one for each of {', '.join(parts)}")
    return MADE.sub(lambda mark: mark[1] + _lines(parts[mark[2]]()) + mark[3], page)


def _lines(blocks: Iterator[str]) -> str:
    return "\n" + "".join(f"{block}\n\n" for block in blocks)


def _chat() -> Iterator[str]:
    """A row for each flow, then more on those of which there is more to say."""
    rows, more = ["| command | who | what it does |", "|---|---|---|"], []
    for spec in FLOWS:
        said = inspect.getdoc(spec.start)
        assert said is not None, f"{spec.name}: the docstring of its start function is missing"
        first, *others = said.split("\n\n")
        names = [f"`/{command}`" for command in spec.commands]
        rows.append(f"| {', '.join(names)} | {PEOPLE[spec.who]} | {_inline(first)} |")
        if others:
            more += [f"### {names[0]}", *map(_block, others)]
    yield "\n".join(rows)
    yield from more


def _line() -> Iterator[str]:
    """A row for each command, then all that its help says."""
    rows, more = ["| command | what it does |", "|---|---|"], []
    for path, command in _commands(command_line, ()):
        first, *others = SENTENCE_END.split(command.help or "", maxsplit=1)
        usage = " ".join((*path, *_arguments(command)))
        rows.append(f"| `{usage}` | {_inline(first)} |")
        more += [f"### `{' '.join(path)}`"]
        more += [_block(one) for other in others for one in other.split("\n\n")]
        options = "\n".join(_options(command))
        more += [options] if options else []
        more += _epilog(command)
    yield "\n".join(rows)
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
            yield _wrapped(f"- `{one.opts[0]}{value}`: {_inline(words)}", "  ")


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
    """A paragraph or a list, no line of it too long."""
    if not text.startswith("- "):
        return _wrapped(_inline(text))
    return "\n".join(_wrapped(f"- {_inline(one)}", "  ") for one in text[2:].split("\n- "))


def _wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(
        text,
        LINE_CHARACTERS_MAX,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _inline(text: str) -> str:
    """The text in one line; a page of the docs that it names becomes a link."""
    return LINK.sub(r"[\1](\1)", " ".join(text.split()))


if __name__ == "__main__":
    PAGE.write_text(made_anew(PAGE.read_text("utf-8")), "utf-8")
