"""Rows as files: CSV, JSON, Parquet, the data package, the dictionary and the citation."""
