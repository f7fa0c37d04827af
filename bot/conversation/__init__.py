"""Routes an incoming message to the code that answers it.

`router` classifies a message, `engine` replays the open conversation, `registry` lists all
topics. May import services, turn, store, flows and the layers below. Begin with `router.py`.
"""
