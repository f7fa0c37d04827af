"""Texts in people's own words: what they mean, learned from examples, and what answers them.

May import what the conversation may. Begin with `understanding.py`.
"""
