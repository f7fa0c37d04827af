"""Answers what people write and send: texts, photos, other media, edits, replies, forwards.

May import what the conversation may, and the texts in people's own words. Begin with `texts.py`.
"""
