"""SQLite opened right, encryption of personal fields, durable inbox and outbox, audit."""
