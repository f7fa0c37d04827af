"""Questions to the office, their answers, and the FAQ entries made from them.

May import core and store/db. Begin with `inquiries.py`.
"""
