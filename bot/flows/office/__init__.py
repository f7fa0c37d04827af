"""Conversations of admins: members, roles, dead letters, uncertain messages, alerts.

Pure: may import core, company and the shared modules of flows. Begin with `manage.py`.
"""

from bot.flows.office import manage

__all__ = ["FLOWS"]

FLOWS = (manage.MANAGE,)
