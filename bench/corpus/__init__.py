"""A corpus of made-up office documents with known truth, and how well ingest reads it.

Two halves share nothing but the ways in which Chinese offices publish: places, offices, sentences, headings, the
frames of web sites and the layouts of tables are each of one half alone. Rules are developed on ``tune``, figures
are reported on ``report``.
"""
