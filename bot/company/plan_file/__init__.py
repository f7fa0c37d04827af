"""The company's plan, as its file says: versions with the month from which each holds."""

from bot.company.plan_file.ceiling import warnings_of
from bot.company.plan_file.versions import read_plan

__all__ = ["read_plan", "warnings_of"]
