"""`import products`: imports the price list from a spreadsheet."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.faults import CommandError
from bot.cli.progress_bars import counted
from bot.cli.setup import settings_from
from bot.core.input.checked_json import array

if TYPE_CHECKING:
    from bot.store.products.price_list import ListedProduct
    from bot.system.settings import Settings

__all__ = ["import_"]

FAULTS_SHOWN_MAX = 50
SKUS_SHOWN_MAX = 10


@click.group(
    name="import",
    help="Import members or products from a spreadsheet.",
    epilog="\b\nExample:\n  python -m bot import products price-list.csv --dry-run",
)
def import_() -> None:
    """Group the commands that import."""


@import_.command(
    help="Import the price list in FILE, all or nothing. Works while the bot runs.\n\n"
    "FILE is CSV in UTF-8 with commas or semicolons. Its headings are sku, name, member_price, "
    "retail_price, points, bonus_value, category, and optionally izin_edar, description, active; "
    "or kode, nama, harga_mitra, harga_eceran, poin, nilai_bonus, kategori, izin_edar, "
    "keterangan, aktif. Amounts are rupiah: 50000, 50.000, 50rb. Existing products are "
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
    listed = _checked(file)
    if dry_run:
        done = asyncio.run(_compare(settings, listed))
        _show(done, "would be ")
        return
    time_zone = load_company(settings.company_file).time_zone
    wish = {"articles": [asdict(product) for product in listed], "time_zone": time_zone}
    _show(run_task(settings, "import products", wish), "")


def _checked(file: Path) -> "list[ListedProduct]":
    """Returns the products of a file without faults.

    Raises:
        CommandError: the file has faults; the message names each line.
    """
    from bot.cli.imports.price_file import read_price_file

    reading = read_price_file(file, partial(counted, label="Checking products"))
    if not reading.faults:
        return reading.products
    shown = [f"{file}:{line}: {fault}" for line, fault in reading.faults[:FAULTS_SHOWN_MAX]]
    more = len(reading.faults) - len(shown)
    if more:
        shown.append(f"and {more} more")
    raise CommandError("\n".join(["Nothing was imported; correct these lines first:", *shown]))


async def _compare(
    settings: "Settings", products: "list[ListedProduct]"
) -> dict[str, Sequence[str]]:
    from bot.cli.database.upgrade import refuse_unready
    from bot.store.db import read_only
    from bot.store.products import price_list

    await refuse_unready(settings)
    url = settings.database_url.get_secret_value()
    return asdict(await read_only.look(url, partial(price_list.compare, products=products)))


def _show(done: Mapping[str, object], prefix: str) -> None:
    numbers = {key: [str(each) for each in array(done, key)] for key in done}
    for word in ("added", "changed"):
        click.echo(f"{len(numbers[word])} {prefix}{word}{_named(numbers[word])}")
    click.echo(f"{len(numbers['same'])} unchanged")
    if missing := numbers["missing"]:
        click.echo(
            f"{len(missing)} on sale are not in the file and stay{_named(missing)}. "
            "A line with active = tidak takes a product off the list."
        )


def _named(skus: Sequence[str]) -> str:
    if not skus:
        return ""
    more = f" and {len(skus) - SKUS_SHOWN_MAX} more" if len(skus) > SKUS_SHOWN_MAX else ""
    return f": {', '.join(skus[:SKUS_SHOWN_MAX])}{more}"
