"""Logs without personal data, metrics, and signs of life.

Imports no other room. Begin with `logs.py`.
"""
