"""One ASGI app: the villagers' page and the officers' console."""
