"""After the decision: which measures fit a risk, and what the ledger of a household holds."""
