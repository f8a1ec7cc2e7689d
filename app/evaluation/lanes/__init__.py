"""Where messages go: the lane each belongs in, and the lane it took."""
