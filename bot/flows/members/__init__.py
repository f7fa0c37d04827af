"""Conversations about membership: joining, claiming, inviting, one's own data, moving accounts.

Pure: may import core, company and the shared modules of flows. Begin with `register.py`.
"""

from bot.flows.members import claim, invite, profile, register, relink

__all__ = ["FLOWS"]

FLOWS = (invite.SPEC, register.SPEC, claim.SPEC, profile.PROFILE, relink.SPEC)
