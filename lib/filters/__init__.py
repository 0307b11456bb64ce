"""Filters: one frozen value; one table that gives each its parameter, widget, mask and words."""
