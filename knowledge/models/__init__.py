"""Embedding models: building them once from packaged weights, and running them."""
