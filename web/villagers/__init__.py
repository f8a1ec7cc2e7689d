"""The villagers' pages: one chat with the same conversation as every other channel, and doors to it."""
