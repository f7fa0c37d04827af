"""What the bot and the child processes of its jobs both need, and nothing that only the bot does.

A child process imports this instead of the services, which bring every conversation with them: it
begins in a third of the time. May import store, company and core. Begin with `job_names.py`.
"""
