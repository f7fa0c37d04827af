"""What depends on the machine: clock, settings, files, process lock, service manager.

May import core and telemetry. Begin with `settings.py`.
"""
