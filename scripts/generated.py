"""The generated part of a document, which is between two marks."""

from __future__ import annotations

END = "<!-- end of generated -->"


def filled(name: str, text: str, begin: str, part: str) -> str:
    """The document ``name`` with ``part`` between the mark ``begin`` and the end mark; ValueError where it has not one of each, in this order."""
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(END)
    if text.count(begin) != 1 or rest.count(END) != 1 or text.count(END) != 1:
        raise ValueError(
            f"{name}: expected one {begin!r} and one {END!r} after it, found {text.count(begin)} and {text.count(END)}; put the marks back around the generated part"
        )
    return f"{before}{begin}\n\n{part}\n{END}{after}"
