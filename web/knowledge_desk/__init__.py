"""The knowledge desk of the console: documents, entries, what found no answer or no thanks, and the try-out box."""
