"""Fills the template of a message for its reader.

A line of a template that ends with a backslash goes on in the next one, whose indentation does not
count: what people read has its own lines. Macros of a topic are in its `_macros.<language>.j2`.
"""

import re
from collections.abc import Collection, Iterable
from functools import cache, lru_cache, partial
from pathlib import Path
from types import CodeType

from jinja2 import BaseLoader, Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from bot.content.command_lists import CommandWords
from bot.content.filters import FILTERS
from bot.content.screens import Button, Reader, Screen, read_buttons
from bot.core.conversation.messages import Message
from bot.flows.spec import FlowSpec, Readers

__all__ = ["FOLDER", "LANGUAGES", "Content", "split_front"]

FOLDER = Path(__file__).parent
LANGUAGES = ("id", "en")
FENCE = "+++\n"
CONTINUED = re.compile(r"\\\n *")

BRACKETS = str.maketrans({"[": "&#91;", "]": "&#93;", "(": "&#40;", ")": "&#41;"})


def _inert(value: object) -> object:
    """Returns text of people with its brackets as entities, so that it never makes a button."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return Markup(str(escape(value)).translate(BRACKETS))  # noqa: S704 - escaped right here
    return value


class Content:
    """Renders all messages of the bot from their templates.

    Args:
        flows: all flows, of which the help and the menu list some.
        company: facts that every template may use, such as `company` and `office`.
    """

    def __init__(self, flows: Iterable[FlowSpec], **company: object) -> None:
        self._environment = _environment(FunctionLoader(self.source))
        self._environment.globals.update(company)
        self._parts = lru_cache(maxsize=None)(self._compile)
        self._commands = CommandWords(flows, self.source, self._template)

    def screen(self, message: Message, reader: Reader) -> Screen:
        """Returns the message rendered for its reader."""
        return self.fill(self._path(message, reader), message.facts(), reader)

    def answers(self, message: Message, reader: Reader) -> list[Button]:
        """Returns the buttons that answer a question, without rendering its text."""
        _, buttons = self._parts(self._path(message, reader))
        if buttons is None:
            return []
        rows, _ = read_buttons(buttons.render(self._context(message.facts(), reader)))
        return Screen("", rows).answers()

    def fill(self, path: str, facts: dict[str, object], reader: Reader) -> Screen:
        """Returns the template at `path` rendered with these facts."""
        text, buttons = self._parts(path)
        context = self._context(facts, reader)
        rows, keyboard = read_buttons(buttons.render(context)) if buttons else ((), "inline")
        return Screen(text.render(context).strip(), rows, keyboard)

    @lru_cache(maxsize=8)  # noqa: B019 - one Content lives as long as the bot
    def menu(self, language: str) -> Screen:
        """Returns the keys of the menu, which stay under the chat."""
        return self.fill(f"menu/keys.{language}.j2", {}, Reader(language))

    def commands(self, language: str, readers: Collection[Readers]) -> list[list[str]]:
        """Returns the commands that Telegram's own menu shows to these readers, with words."""
        return self._commands.menu(readers, language, self._context({}, Reader(language)))

    def source(self, path: str) -> str:
        """Returns the template file with its continued lines joined."""
        return CONTINUED.sub("", (FOLDER / path).read_text(encoding="utf-8"))

    def _context(self, facts: dict[str, object], reader: Reader) -> dict[str, object]:
        """Returns what a template may use: the facts, the reader and the lists of commands."""
        words: dict[str, object] = {"reader": reader, "you": reader.you, "sapa": reader.sapa}
        listed = partial(self._commands.section, language=reader.language, context=words)
        return {**facts, **words, "commands": listed}

    def _path(self, message: Message, reader: Reader) -> str:
        return f"{message.topic()}/{message.name()}.{reader.language}.j2"

    def _compile(self, path: str) -> tuple[Template, Template | None]:
        text, _, buttons = split_front(self.source(path))[1].partition("\n---\n")
        return self._template(text), self._template(buttons) if buttons.strip() else None

    def _template(self, source: str) -> Template:
        environment = self._environment
        return Template.from_code(environment, _compiled(source), environment.make_globals(None))


def _environment(loader: BaseLoader | None = None) -> Environment:
    """Returns an environment for the bot's templates, without the facts about the company."""
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_inert,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    return environment


@cache
def _compiled(template: str) -> CodeType:
    """Returns the code of a template, which is the same for every company."""
    return _environment().compile(template)


def split_front(source: str) -> tuple[str, str]:
    """Returns the front matter of a file, between two lines `+++`, and the template below it.

    The front matter is empty for a file that does not begin with `+++`.
    """
    if not source.startswith(FENCE):
        return "", source
    front, _, body = source.removeprefix(FENCE).partition(f"\n{FENCE}")
    return front, body
