"""One incoming message and everything a service needs to answer it.

`Turn` holds the connection, the caller and the words; `access` says who may do what. May import
store, content, flows and what is below. Begin with `turn.py`.
"""
