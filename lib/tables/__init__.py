"""The five tidy tables: each column declared once, joined by ids."""
