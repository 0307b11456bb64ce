"""The data API: the tables, the records and the package by address, served beside the pages."""

from lib.api.routes import routes

__all__ = ["routes"]
