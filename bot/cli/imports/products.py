"""`import products`: imports the price list from a spreadsheet."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.file_reports import one_sentence
from bot.cli.imports.reports import named, no_table, refusal
from bot.cli.progress_bars import counted
from bot.cli.setup import settings_from
from bot.core.input.checked_json import array

if TYPE_CHECKING:
    from bot.cli.imports.price_file import PriceFile
    from bot.core.sheets.sheet_faults import SheetFault
    from bot.store.products.price_list import ListedProduct
    from bot.system.settings import Settings

__all__ = ["doubtful_faults", "import_"]

SKUS_SHOWN_MAX = 10
HEADING = "heading products"


@click.group(
    name="import",
    help="Import members, products or deliveries from a spreadsheet.",
    epilog="\b\nExample:\n  python -m bot import products price-list.csv --dry-run",
)
def import_() -> None:
    """Group the commands that import."""


@import_.command(
    help="Import the price list in FILE, all or nothing. Works while the bot runs.\n\n"
    "FILE is XLSX, XLS, ODS or CSV. Its headings are sku, name, member_price, "
    "retail_price, points, bonus_value, category, and optionally izin_edar, description, active, "
    "lasts_days; or kode, nama, harga_mitra, harga_eceran, poin, nilai_bonus, kategori, "
    "izin_edar, keterangan, aktif, tahan_hari (how many days a piece lasts). Amounts are rupiah: "
    "50000, 50.000, 50rb. Existing products are "
    "updated, with new prices from today on; products that the file does not name stay. A starter "
    "kit (category “starter”, “paket awal”, “kit anggota” and the like) must have no points and "
    "no bonus value: Permendag 70/2019 Art. 30(1).",
    epilog="\b\nExamples:\n"
    "  python -m bot import products price-list.csv --dry-run\n"
    "  python -m bot import products price-list.csv",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only print what would change.")
@click.pass_obj
def products(env_file: Path, file: Path, *, dry_run: bool) -> None:
    """Read and check the file, import it, and print the outcome."""
    from bot.cli.service.remote import run_task
    from bot.company import load_company

    settings = settings_from(env_file)
    company = load_company(settings.company_file)
    language = company.languages[0]
    reading = _checked(file, language)
    if dry_run:
        done: Mapping[str, object] = asyncio.run(_compare(settings, reading.products))
    else:
        articles = [asdict(product) for product in reading.products]
        wish = {"articles": articles, "time_zone": company.time_zone}
        done = run_task(settings, "import products", wish)
    if doubtful := doubtful_faults(reading, array(done, "doubtful")):
        raise refusal(file, doubtful, language, HEADING)
    _show(done, language, dry_run=dry_run)


def _checked(file: Path, language: str) -> "PriceFile":
    """Returns the content of a file without faults.

    Raises:
        CommandError: the file has faults; the message names each line.
    """
    from bot.cli.imports.price_file import read_price_file
    from bot.core.sheets.sheet_faults import SheetFaultsError

    try:
        reading = read_price_file(
            file, partial(counted, label=one_sentence(language, "checking products"))
        )
    except SheetFaultsError as error:
        raise no_table(file, error, language) from None
    if reading.faults:
        raise refusal(file, reading.faults, language, HEADING)
    return reading


def doubtful_faults(reading: "PriceFile", doubtful: "Sequence[object]") -> "list[SheetFault]":
    """Returns new products that may be stored ones, as faults of their lines."""
    from bot.core.sheets.sheet_faults import SheetFault

    names = {product.sku: product.name for product in reading.products}
    faults = []
    for each in doubtful:
        assert isinstance(each, list | tuple), "as the store returns it"
        sku, near, why = map(str, each)
        line = reading.skus[sku.casefold()]
        if why == "zeros":
            faults.append(SheetFault.of("sku near", line, "sku", value=sku, near=near))
        else:
            faults.append(SheetFault.of("name on sale", line, "name", value=names[sku], near=near))
    return faults


async def _compare(
    settings: "Settings", products: "list[ListedProduct]"
) -> dict[str, Sequence[str]]:
    from bot.cli.database.upgrade import refuse_unready
    from bot.store.db import read_only
    from bot.store.products import price_list

    await refuse_unready(settings)
    url = settings.database_url.get_secret_value()
    return asdict(await read_only.look(url, partial(price_list.compare, products=products)))


def _show(done: Mapping[str, object], language: str, *, dry_run: bool) -> None:
    added, changed, same, missing = (
        [str(each) for each in array(done, key)] for key in ("added", "changed", "same", "missing")
    )
    said = one_sentence(language, "would be added" if dry_run else "is added", number=len(added))
    click.echo(said + _named(added, language))
    said = one_sentence(
        language, "would be changed" if dry_run else "is changed", number=len(changed)
    )
    click.echo(said + _named(changed, language))
    click.echo(one_sentence(language, "is same", number=len(same)))
    if missing:
        skus = named(missing[:SKUS_SHOWN_MAX], len(missing), language)
        click.echo(one_sentence(language, "products missing", number=len(missing), named=skus))


def _named(skus: Sequence[str], language: str) -> str:
    return f": {named(skus[:SKUS_SHOWN_MAX], len(skus), language)}" if skus else ""
