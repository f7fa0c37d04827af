"""The stage of the fault tests, for what is tried on a whole running bot."""

from tests.faults.conftest import stage

__all__ = ["stage"]
