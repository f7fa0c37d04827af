"""Reads the company's plan: versions, each with the first month in which it applies."""

from bot.company.plan_file.articles import Article
from bot.company.plan_file.ceiling import warnings_of
from bot.company.plan_file.rank_names import open_questions
from bot.company.plan_file.surprises import surprises_of
from bot.company.plan_file.versions import plan_of, read_plan

__all__ = ["Article", "open_questions", "plan_of", "read_plan", "surprises_of", "warnings_of"]
