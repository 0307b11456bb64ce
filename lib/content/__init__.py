"""What each page shows of a selection: charts and texts, made once and kept.

Every function is pure; its results are kept with the selection that they were made from (``lib.keep``).
A selection belongs to one state of the data, so nothing here outlives a change of the records; errors
are not kept.
"""
