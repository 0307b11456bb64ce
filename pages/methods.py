"""Methods: the rules by which the records are made, what every number means, and how reliable the coding is."""

from __future__ import annotations

from lib.content.methods import DOCUMENTS, methods_page
from lib.export.csv import texts_csv
from lib.export.dictionary import dictionary
from lib.ui.settings import asked
from lib.ui.shell import heading, page_view
from lib.ui.ways import markup

view = page_view("methods")
word = asked(view, "doc", "Document", {word: name.label for word, name in DOCUMENTS.items()}, next(iter(DOCUMENTS)))
shown = methods_page(view.selection, word)
heading(view, shown.title, "dictionary", dictionary(view.vocabulary), lede=shown.sentence, write=texts_csv)
markup(shown.names + shown.html)
