"""The proof of the database: does every rupiah balance, is every counter what a fresh count gives.

It collects what the rooms check of themselves. May import other rooms of the store. Begin with
`integrity.py`.
"""
