"""Probes and metrics of the running bot over HTTP.

May import runtime and what is below. Begin with `probes.py`.
"""
