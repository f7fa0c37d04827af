"""What a seller would earn at a price: which article is meant where none is named.

`FLOWS`, `LOOKUPS` and `ACTIONS` are what the registry needs of a topic. May import flows, turn,
store, content and core. Begin with `last_article.py`.
"""

from bot.flows.profit import FLOWS
from bot.services.profit.last_article import ACTIONS, LOOKUPS

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]
