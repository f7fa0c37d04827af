"""Commands that take over lists from spreadsheets: members and prices.

Files are read and checked here; the running bot writes what is found. Begin with `members.py`.
"""
