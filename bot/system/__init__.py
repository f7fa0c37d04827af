"""The machine under the bot: clock, settings, files, the process lock, the service manager.

May import core and telemetry. Begin with `settings.py`.
"""
