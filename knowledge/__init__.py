"""Documents and entries in force, retrieval, evidence, answering."""
