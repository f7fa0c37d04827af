"""An older database is copied before it is changed; a newer or foreign one is left alone."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli.database.upgrade import refuse_unready, upgrade_database
from bot.cli.faults import CommandError
from bot.store.backup.backup import UnsoundCopyError
from bot.store.db import migrations
from bot.system.settings import Settings
from tests.cli.forks import ForkedOffice
from tests.cli.office import NOW, PROJECT

NEXT_STEP = """
from alembic import op
import sqlalchemy as sa
revision = "next"
down_revision = "{head}"
def upgrade():
    op.create_table("novelties", sa.Column("id", sa.Integer, primary_key=True))
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database_url=SecretStr(f"sqlite+aiosqlite:///{tmp_path}/data/jualdulu.db"))


@pytest.fixture
def later_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """A database as this version makes it, and a version that has one migration more."""
    asyncio.run(upgrade_database(settings, NOW))
    folder = tmp_path / "migrations"
    shutil.copytree(PROJECT / "migrations", folder)
    step = NEXT_STEP.format(head=migrations.head())
    (folder / "versions" / "next.py").write_text(step, "utf-8")
    monkeypatch.setattr(migrations, "FOLDER", folder)


def tables(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as books:
        return {row[0] for row in books.execute("SELECT name FROM sqlite_schema")}


def database_of(settings: Settings) -> Path:
    assert settings.database_file is not None
    return settings.database_file


@pytest.mark.usefixtures("later_version")
def test_an_older_database_is_copied_before_it_is_changed(settings: Settings) -> None:
    with pytest.raises(CommandError, match="older version"):
        asyncio.run(refuse_unready(settings))
    output = asyncio.run(upgrade_database(settings, NOW))
    [copy] = (database_of(settings).parent / "backups").iterdir()
    assert str(copy) in output
    assert "novelties" in tables(database_of(settings))
    assert "novelties" not in tables(copy)
    asyncio.run(refuse_unready(settings))


@pytest.mark.usefixtures("later_version")
def test_an_unsound_database_is_not_changed(settings: Settings) -> None:
    with closing(sqlite3.connect(database_of(settings))) as books:
        books.execute("INSERT INTO accounts (name, kind, balance) VALUES ('x', 'trade', 5)")
        books.commit()
    with pytest.raises(UnsoundCopyError):
        asyncio.run(upgrade_database(settings, NOW))
    assert "novelties" not in tables(database_of(settings))


@pytest.mark.usefixtures("later_version")
def test_a_database_of_a_newer_version_is_refused(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asyncio.run(upgrade_database(settings, NOW))
    monkeypatch.setattr(migrations, "FOLDER", PROJECT / "migrations")
    with pytest.raises(migrations.NewerSchemaError):
        asyncio.run(upgrade_database(settings, NOW))


def test_the_command_sets_up_and_then_finds_nothing_to_do(tmp_path: Path) -> None:
    office = ForkedOffice(tmp_path)
    assert "Created the database" in office.run("migrate").stdout
    assert "needs no change" in office.run("migrate").stdout
    assert not (office.books.parent / "backups").exists()


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    office = ForkedOffice(tmp_path)
    office.books.parent.mkdir()
    with closing(sqlite3.connect(office.books)) as other:
        other.execute("CREATE TABLE recipes (id INTEGER)")
    refused = office.run("migrate")
    assert refused.returncode == 1
    assert "tables that are not the bot's" in refused.stderr
    assert tables(office.books) == {"recipes"}
