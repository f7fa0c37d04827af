"""The loops of the running bot.

`poller` fetches updates, `update_worker` processes them, `sender` delivers the outbox,
`scheduler` does what is due, `job_runner` runs long work. May import handlers and what is
below. Begin with `poller.py`.
"""
