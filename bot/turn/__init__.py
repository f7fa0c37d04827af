"""One incoming message and everything a service needs to answer it.

`Turn` holds the connection, the caller and the content; `access` decides who may do what. May
import store, content, flows and the layers below. Begin with `turn.py`.
"""
