"""The conversation, its channels and every sentence a villager reads."""
