"""The menu, the help, the language, the office's contact, and the message after an outage.

Pure: may import core, company and the shared modules of flows. Begin with `home.py`.
"""

from bot.flows.home import contact, hints, home

__all__ = ["FLOWS"]

FLOWS = (
    home.HOME,
    home.HELP,
    home.LANGUAGE,
    home.ENGLISH,
    home.INDONESIAN,
    contact.SPEC,
    hints.HINTS,
)
