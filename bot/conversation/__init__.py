"""Takes an incoming message to what answers it.

`router` sorts a message, `engine` plays the open conversation, `registry` knows all topics. May
import services, turn, store, flows and what is below. Begin with `router.py`.
"""
