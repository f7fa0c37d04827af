"""What `make counts` prints is counted right, on a made-up repository."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.architecture.counting.__main__ import lines_of

FILES: Mapping[str, Mapping[str, str]] = {
    "bot": {
        "__init__.py": '"""The bot."""\n',
        "flows/__init__.py": "",
        "flows/sales/__init__.py": "",
        "flows/sales/sell.py": (
            "from typing import Any\n"
            "from bot.services.sales.sell import KINDS\n"
            "Kind = Any | None\n"
            "def sell(goods: Any) -> Any:\n"
            '    """Whoever\n    stands there."""\n'
            "    raise SoldOutError\n"
        ),
        "flows/sales/lease.py": "KINDS = ('a',)\nQUERY = 'SELECT 1'\ndef _hidden(): ...\n",
        "services/sales/sell.py": (
            "import typing\n"
            "from bot.flows.sales import lease\n"
            "from bot.flows.sales.sell import sell\n"
            "KINDS = lease.KINDS\nQUERY = 'SELECT 2'\n"
            "class Kind: ...\n"
            "class SoldOutError(ValueError): ...\n"
            "class EmptyError(JualDuluError, ValueError): ...\n"
            "# So\n# many\nx: typing.Any = 1\n"
        ),
        "services/team/lease.py": "from bot.services.team.sales import sell\n",
        "services/team/sales.py": "def sell() -> None:\n" + "    pass\n" * 200,
        "content/sale.id.j2": f"short\n{'a' * 120}\n",
    },
    "tests": {
        "test_sell.py": "def test() -> None:\n    name = 'told'  # surely\n",
    },
    "docs": {
        "page.md": "Somebody is told.\n```\nsomebody\n```\n",
    },
}
EXPECTED = """\
uses of Any                                  4
  bot.flows                                  3
  bot.services                               1
exceptions outside the tree                  1
  SoldOutError
modules of one name                          1
  lease: bot.flows.sales.lease, bot.services.team.lease
types of one name                            1
  Kind: bot.flows.sales.sell, bot.services.sales.sell
exported constants of one name               1
  KINDS: bot.flows.sales.lease, bot.services.sales.sell
imported functions of one name               1
  sell: bot.flows.sales.sell, bot.services.team.sales
odd words in bot                             3
  so many                                    1
  stands                                     1
  whoever                                    1
odd words in tests                           1
  surely                                     1
odd words in docs                            2
  somebody                                   1
  told                                       1
longest template line                      120  sale.id.j2:2
modules of bot over 200 lines                1
  bot.services.team.sales
modules of bot over 300 lines                0
functions over 50 lines                      1
  bot.services.team.sales.sell
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for folder, files in FILES.items():
        for name, text in files.items():
            file = tmp_path / folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
    return tmp_path


def test_each_fault_of_a_made_up_repository_is_counted_once(repository: Path) -> None:
    assert "\n".join([*lines_of(repository), ""]) == EXPECTED
