"""Prints the counts of this repository: `make counts`."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.architecture.counting import measures, names
from tests.architecture.counting.sources import Source, read_sources

ROOT = Path(__file__).parents[3]
MODULE_LINES = (200, 300)
FUNCTION_LINES_MAX = 50


def lines_of(root: Path) -> Iterator[str]:
    """Returns the table of a repository with `bot`, `tests` and `docs`, line by line."""
    bot, tests = read_sources(root / "bot"), read_sources(root / "tests")
    topics = {folder.name for folder in (root / "bot" / "flows").iterdir() if folder.is_dir()}
    yield from _by_name("uses of Any", measures.uses_of_any(bot))
    outside = [name for source in bot for name in measures.without_base(source.tree)]
    yield from _listed("exceptions outside the tree", outside)
    for heading, twice in (
        ("modules of one name", names.twice_modules(bot, topics)),
        ("types of one name", names.twice_types(bot)),
        ("exported constants of one name", names.twice_constants(bot)),
        ("imported functions of one name", names.twice_functions(bot)),
    ):
        yield from _listed(
            heading, [f"{name}: {', '.join(twice[name])}" for name in sorted(twice)]
        )
    for heading, texts in (
        ("odd words in bot", _prose(bot)),
        ("odd words in tests", _prose(tests)),
        ("odd words in docs", [page.read_text("utf-8") for page in root.rglob("docs/**/*.md")]),
    ):
        yield from _by_name(heading, measures.odd_words(texts))
    longest, where = measures.longest_line((root / "bot" / "content").rglob("*.j2"))
    yield f"{'longest template line':40}{longest:6}  {where}"
    for most in MODULE_LINES:
        yield from _listed(f"modules of bot over {most} lines", _long_modules(bot, most))
    long = measures.long_functions([*bot, *tests], FUNCTION_LINES_MAX)
    yield from _listed(f"functions over {FUNCTION_LINES_MAX} lines", long)


def _prose(sources: Iterable[Source]) -> Iterator[str]:
    for source in sources:
        yield from measures.prose(source.text)


def _long_modules(sources: Iterable[Source], most: int) -> list[str]:
    return [source.name for source in sources if len(source.text.splitlines()) > most]


def _by_name(heading: str, counts: Counter[str]) -> Iterator[str]:
    yield f"{heading:40}{counts.total():6}"
    for name, times in sorted(counts.items()):
        yield f"  {name:38}{times:6}"


def _listed(heading: str, items: list[str]) -> Iterator[str]:
    yield f"{heading:40}{len(items):6}"
    yield from (f"  {item}" for item in items)


if __name__ == "__main__":
    print("\n".join(lines_of(ROOT)))
