"""An invented county at work, in a data folder of its own, for who wants to see the whole."""
