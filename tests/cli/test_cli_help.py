"""Every command explains itself, at once and with examples."""

import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from bot.cli.command_line import command_line
from tests.cli.office import PROJECT


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


@pytest.mark.parametrize("path", [(), *commands(command_line)], ids=" ".join)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_each_command_has_help_with_an_example(path: tuple[str, ...], option: str) -> None:
    result = CliRunner().invoke(command_line, [*path, option])
    assert result.exit_code == 0
    assert f"python -m bot {' '.join(path)}" in result.output.partition("Usage:")[2]
    assert all(len(line) < 100 for line in result.output.splitlines())


def test_help_loads_none_of_the_heavy_parts() -> None:
    heavy = {"telegram", "sqlalchemy", "alembic", "pydantic", "jinja2", "babel", "aiohttp"}
    code = (
        "import sys\nfrom bot.cli.command_line import command_line\n"
        "command_line(['--help'], standalone_mode=False)\n"
        f"sys.exit(' '.join({heavy} & sys.modules.keys()) or None)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    "words",
    [["frobnicate"], ["run", "--nope"], ["import", "products"], ["demo", "--port", "0"]],
    ids=" ".join,
)
def test_wrong_usage_is_exit_code_2_and_names_the_way_to_help(words: list[str]) -> None:
    result = CliRunner().invoke(command_line, words)
    assert result.exit_code == 2
    assert "--help" in result.output
