"""Texts of the pages as HTML: lists of events and points, the whole record. Everything from the data is escaped."""
