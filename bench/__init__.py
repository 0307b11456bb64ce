"""Measurements of the running dashboard, taken over the same WebSocket that a browser uses."""
