"""The current selection as one HTML file to read and to print, every claim with its source."""

from lib.export.briefing.page import build_briefing

__all__ = ["build_briefing"]
