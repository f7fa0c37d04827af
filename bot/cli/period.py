"""Reads the month that a command is about."""

import re

import click

__all__ = ["read_period"]

PERIOD = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)


def read_period(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Returns a month written as YYYY-MM; the callback of an argument or option.

    Raises:
        BadParameter: it is written in another way.
    """
    del ctx, param
    if value is not None and not PERIOD.fullmatch(value):
        raise click.BadParameter("a month is written as 2026-10")
    return value
