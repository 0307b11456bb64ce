"""Search within what the filter ``q`` finds: what matched and how well, and what else a reader may have meant."""
