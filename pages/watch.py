"""Watch: what is scheduled next, who stayed away, who stood aside, what was last checked, saved filters, corrections."""

from __future__ import annotations

from lib.content.watch import watch_page
from lib.ui.blocks import html_section
from lib.ui.runtime import today
from lib.ui.shell import heading, page_view
from lib.ui.watch import corrections, watch_list

view = page_view("watch")
shown = watch_page(view.selection, view.snapshot.catalog, today())
heading(view, "Watch", "participations", shown.rows)
watch_list(view)
passed = (
    [("Announced, and no report found", "The day has passed; whether it was held is not known here.", shown.unreported)]
    if shown.unreported
    else []
)
html_section(
    ("Scheduled next", "Announced for today or later.", shown.coming),
    *passed,
    ("Absent", shown.caveat, shown.absent),
    (
        "By video at a meeting in a room",
        "Delegations that a source places on the screen while others were in the room.",
        shown.video,
    ),
    ("Meetings without a joint text", "Only where a source says so; elsewhere it is not known.", shown.no_text),
    (
        "Passages that only some supported",
        "Coded where a joint text names who supports a passage, or all but one adopted it (codebook, 7.9).",
        shown.passages,
    ),
    (
        "Words that may say that somebody stood aside",
        "Reservations and dissociations have no key of their own in the records: they are statements like others. These sentences have "
        "words such as “did not sign” or “did not join”; other words are not found, and not each of these is a dissociation.",
        shown.aside,
    ),
    (
        "What was last checked",
        "A second reading compares a record with its sources, by somebody who did not write it.",
        shown.checked,
    ),
    corrections(view),
    listed=True,
)
