"""The conversation engine, free of any channel."""
