"""Reads the company's plan: versions, each with the first month in which it applies."""

from bot.company.plan_file.ceiling import warnings_of
from bot.company.plan_file.versions import read_plan

__all__ = ["read_plan", "warnings_of"]
