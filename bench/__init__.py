"""Measurements that are too heavy or too special for a command: each is run by hand or with a small sample in tests."""
