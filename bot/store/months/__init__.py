"""Closing a month as the office sees it: requests, what still waits, months that paid too much.

May import other packages of the store and core. Begin with `closing_requests.py`.
"""
