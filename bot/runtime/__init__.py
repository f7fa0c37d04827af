"""The parts of the running bot that work without end.

`poller` fetches updates, `update_worker` processes them, `sender` delivers the outbox,
`scheduler` starts what is due, `job_runner` does long work. May import handlers and what is
below. Begin with `poller.py`.
"""
