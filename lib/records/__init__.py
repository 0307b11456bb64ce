"""YAML text to records: each key described once, every problem collected with its line."""
