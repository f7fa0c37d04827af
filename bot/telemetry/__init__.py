"""Logs without personal data, metrics, and health.

Imports no other package. Begin with `logs.py`.
"""
