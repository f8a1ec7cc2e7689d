"""What the bot room keeps in the store: the only SQL of this room."""
