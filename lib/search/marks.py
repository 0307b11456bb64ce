"""Where a text holds the terms of a query, and the part of it that shows them."""

from __future__ import annotations

from collections.abc import Sequence

from lib.text import folded

Spans = list[tuple[int, int]]


def spans(text: str, terms: Sequence[str]) -> Spans:
    """The stretches of ``text`` that hold one of ``terms`` (folded), in order and apart."""
    plain, places = _folded_with_places(text)
    found = []
    for term in terms:
        start = plain.find(term) if term else -1
        while start >= 0:
            found.append((places[start], places[start + len(term) - 1] + 1))
            start = plain.find(term, start + len(term))
    merged: Spans = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _folded_with_places(text: str) -> tuple[str, Sequence[int]]:
    """``text`` folded, and for each of its letters the place in ``text`` that it comes from: ß gives two, an accent none."""
    if text.isascii():
        return text.lower(), range(len(text))
    letters, places = [], []
    for place, letter in enumerate(text):
        plain = folded(letter)
        letters.append(plain)
        places += [place] * len(plain)
    return "".join(letters), places


def excerpt(text: str, marked: Spans, length: int = 260) -> tuple[str, Spans]:
    """About ``length`` letters of ``text`` around its first span, cut between words, with the spans in it; … marks what is left out."""
    if len(text) <= length:
        return text, marked
    first = marked[0][0] if marked else 0
    start = 0 if first < length * 0.7 else text.rfind(" ", 0, first - length // 3) + 1
    end = (
        len(text)
        if len(text) - start <= length
        else max(text.rfind(" ", start, start + length), marked[0][1] if marked else 0, start + 1)
    )
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    shift = len(before) - start
    inside = [(max(a, start) + shift, min(b, end) + shift) for a, b in marked if a < end and b > start]
    return before + text[start:end] + after, inside
