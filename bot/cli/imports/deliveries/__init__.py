"""The list of what the office delivered: its file, its check, its command.

Begin with `import_deliveries.py`.
"""
