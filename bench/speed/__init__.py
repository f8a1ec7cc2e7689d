"""How long an answer takes, by the number of passages, beside the plain langchain and Chroma recipe."""
