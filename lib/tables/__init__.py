"""The five tidy tables: each column declared once, joined by ids."""

import pandas as pd

# Texts as Python strings rather than Arrow arrays: of frames of some hundred rows nearly all the cost is in the
# calls, and what is made of a selection takes rows out of them and lists them all the time.
pd.set_option("mode.string_storage", "python")
