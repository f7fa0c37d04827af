"""The prices to compare a plan with: of a file, or of the database where there is one."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bot.cli.faults import CommandError, WrongSetupError
from bot.cli.setup import settings_from
from bot.core.errors import JualDuluError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.company.plan_file import Article
    from bot.core.file_faults import Said

__all__ = ["ListedPrices", "prices_in_database", "prices_in_file"]


class ListedPrices(NamedTuple):
    """A price list.

    Attributes:
        articles: those on sale.
        most_points: the points that the company made in its best month; None if not known.
        source: where it comes from, or why there is none.
    """

    articles: "tuple[Article, ...]"
    most_points: int | None
    source: "Said"


def prices_in_file(file: Path, language: str) -> ListedPrices:
    """Returns the prices in a price list for `import products`.

    Raises:
        WrongSetupError: the file has faults; the message names each line.
    """
    from bot.cli.imports.price_file import read_price_file
    from bot.cli.imports.reports import no_table, report_lines
    from bot.company.plan_file import Article
    from bot.content.file_words import file_words
    from bot.core.file_faults import Said
    from bot.core.sheets.sheet_faults import SheetFaultsError

    try:
        reading = read_price_file(file)
    except SheetFaultsError as error:
        raise WrongSetupError(no_table(file, error, language).message) from None
    if reading.faults:
        lines = report_lines(file, reading.faults, language)
        raise WrongSetupError("\n".join([file_words(language)["heading prices"], *lines]))
    articles = tuple(
        Article(each.sku, each.member_price, each.retail_price, each.bonus_value)
        for each in reading.products
        if each.active
    )
    found = Said.of("articles of file", number=len(articles), file=file)
    return ListedPrices(articles, None, found if articles else Said("no articles"))


def prices_in_database(env_file: Path) -> ListedPrices:
    """Returns the prices of the database, where the settings lead to one that can be read."""
    from bot.core.file_faults import Said
    from bot.store.db.database import sqlite_file

    try:
        url = settings_from(env_file).database_url.get_secret_value()
        file = sqlite_file(url)
        if file is not None and not file.exists():
            return ListedPrices((), None, Said("no database"))
        return asyncio.run(_look(url))
    except (JualDuluError, CommandError, WrongSetupError, OSError) as error:
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        return ListedPrices((), None, Said.of("database unread", why=why))


async def _look(url: str) -> ListedPrices:
    from bot.company.plan_file import Article
    from bot.core.file_faults import Said
    from bot.store.db import read_only
    from bot.store.ledger import volumes
    from bot.store.products import products

    def look(conn: "Connection") -> ListedPrices:
        articles = tuple(
            Article(each.sku, each.member_price, each.retail_price, each.bonus_value)
            for each in products.catalogue(conn)
        )
        most = volumes.most_points(conn)
        found = Said.of("articles of database", number=len(articles))
        return ListedPrices(articles, most, found if articles else Said("no articles"))

    return await read_only.look(url, look)
