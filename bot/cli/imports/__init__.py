"""Commands that import lists from spreadsheets: members and prices.

Files are read and checked here; the running bot writes the rows. Begin with `members.py`.
"""
