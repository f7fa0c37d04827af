"""Conversations of admins: roles, dead letters, uncertain messages, unclear texts, alerts.

Pure: may import core, company and the shared modules of flows. Begin with `manage.py`.
"""

from bot.flows.office import manage

__all__ = ["FLOWS"]

FLOWS = (manage.MANAGE,)
