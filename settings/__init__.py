"""Typed config.toml and secrets; the only reader of the environment."""
