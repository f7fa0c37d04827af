"""The lists of commands that the help and Telegram's own menu show, made from the flows.

The FlowSpec of a flow says where it is listed. `menu/words.*.j2` has the words: one line for each
flow, with the text for the help and the text for the menu.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final, get_args

from jinja2 import Template
from markupsafe import Markup

from bot.flows.spec import FlowSpec, HelpPlace, Readers, Section

__all__ = ["CommandWords", "MenuWords", "read_words"]

BEFORE_JOINING: Final = frozenset({"joining", "beginning", "newcomers", "office only"})
"""Where the words for newcomers are used, if there are any."""

JOINING: Final = " joining"
APART, RUNNING_ON = " · ", ", "


@dataclass(frozen=True, slots=True)
class MenuWords:
    """The words about one flow in one language, as sources of templates."""

    help: str
    menu: str


class CommandWords:
    """Lists the commands of the bot for their readers.

    Args:
        flows: all flows.
        source: returns the text of a file of words.
        compiled: makes a template of such words.
    """

    def __init__(
        self,
        flows: Iterable[FlowSpec],
        source: Callable[[str], str],
        compiled: Callable[[str], Template],
    ) -> None:
        self._flows = tuple(flows)
        self._source = source
        self._words = lru_cache(maxsize=None)(self._read)
        self._template = lru_cache(maxsize=None)(compiled)

    def section(self, section: Section, language: str, context: Mapping[str, object]) -> Markup:
        """Returns the lines of one section of the help."""
        places = sorted(
            (
                (place.row, place.column, place, spec)
                for spec in self._flows
                for place in spec.in_help
                if place.section == section
            ),
            key=lambda one: one[:2],
        )
        lines = (
            "".join(
                f"{_joint(place)}{self._named(spec, section, language, context)}"
                for _, _, place, spec in row
            )
            for _, row in groupby(places, key=lambda one: one[0])
        )
        return Markup("\n".join(lines))  # noqa: S704 - filled templates, which escape

    def menu(
        self, readers: Collection[Readers], language: str, context: Mapping[str, object]
    ) -> list[list[str]]:
        """Returns pairs of a command and its words, as these readers have them in their menu."""
        order = get_args(Readers)
        places = sorted(
            (
                (order.index(place.readers), place.rank, place.readers, spec)
                for spec in self._flows
                for place in spec.in_menu
                if place.readers in readers
            ),
            key=lambda one: one[:2],
        )
        return [
            [
                spec.command(language),
                self._filled(self._of(spec, whose, language).menu, context),
            ]
            for _, _, whose, spec in places
        ]

    def _named(
        self, spec: FlowSpec, section: Section, language: str, context: Mapping[str, object]
    ) -> str:
        words = self._filled(self._of(spec, section, language).help, context)
        return f"/{spec.command(language)} {words}".rstrip()

    def _of(self, spec: FlowSpec, where: Section | Readers, language: str) -> MenuWords:
        words = self._words(language)
        own = words.get(spec.name)
        if own is None:
            raise LookupError(f"menu/words.{language}.j2 has no line for {spec.name}")
        return words.get(spec.name + JOINING, own) if where in BEFORE_JOINING else own

    def _filled(self, template: str, context: Mapping[str, object]) -> str:
        return self._template(template).render(context)

    def _read(self, language: str) -> dict[str, MenuWords]:
        return read_words(self._source(f"menu/words.{language}.j2"))


def read_words(file_text: str) -> dict[str, MenuWords]:
    """Returns the words of each flow; those for newcomers under its name and `joining`.

    Raises:
        ValueError: a line does not have three parts, or a flow has two lines.
    """
    found: dict[str, MenuWords] = {}
    for row in file_text.splitlines():
        if not row.strip() or row.startswith("#"):
            continue
        name, help_words, menu_words = (part.strip() for part in row.split("|"))
        if name in found:
            raise ValueError(f"{name} has two lines")
        found[name] = MenuWords(help_words, menu_words)
    return found


def _joint(place: HelpPlace) -> str:
    """Returns the text before a command in its line."""
    if place.column == 1:
        return ""
    return RUNNING_ON if place.runs_on else APART
