"""Every write to a case: check, change, audit row, outbox row, inside an open transaction."""
