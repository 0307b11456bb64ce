"""A good record, and twenty-four broken ones with the line on which each is wrong."""

from __future__ import annotations

GOOD = "A meeting that took place"

_TEXT = """\
id: {id}
title: {title}
series: {series}
kind: ministerial
status: held
start: 2024-05-05
mode: in-person
place: {{city: Reykjavik, country: {country}}}
summary: They met.
roster: partial
participants:
- {{country: {country}, capacity: host, level: minister}}
themes:
- {{theme: terrorism, by: {country}, form: statement, point: Spoke about it., sources: [s1]}}
outcomes: []
sources:
- {{id: s1, kind: news, publisher: Daily, title: A text, url: 'https://example.org/a'}}
"""


def record(event_id: str, title: str = GOOD, series: str = "sco-dmm", country: str = "ISL") -> str:
    """The text of a good record of one day in Reykjavik."""
    return _TEXT.format(id=event_id, title=title, series=series, country=country)


def _broken(name: str, old: str, new: str, line: int) -> tuple[str, tuple[int, bytes]]:
    text = record(f"2024-05-05-{name}")
    assert old in text
    return f"2024-05-05-{name}.yaml", (line, text.replace(old, new, 1).encode())


_BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)

BROKEN: dict[str, tuple[int, bytes]] = dict(
    [
        _broken("unknown-key", "summary: They met.", "sumary: They met.\nsummary: They met.", 9),
        _broken("duplicate-key", "title: A meeting that took place", "title: A meeting\ntitle: Another", 3),
        _broken("missing-key", "summary: They met.\n", "", 1),
        _broken(
            "wrong-type", "participants:\n- {country: ISL, capacity: host, level: minister}", "participants: none", 11
        ),
        _broken("unknown-series", "series: sco-dmm", "series: sco-dmn", 3),
        _broken("unknown-theme", "theme: terrorism", "theme: terorism", 14),
        _broken(
            "unknown-country", "place: {city: Reykjavik, country: ISL}", "place: {city: Reykjavik, country: ICE}", 8
        ),
        _broken("unknown-level", "level: minister", "level: ministr", 12),
        _broken("bad-date", "start: 2024-05-05", "start: 2024-02-30", 6),
        _broken("reversed-dates", "start: 2024-05-05", "start: 2024-05-05\nend: 2024-05-01", 7),
        _broken("bool-word", "country: ISL, capacity", "country: NO, capacity", 12),
        _broken("unknown-source", "sources: [s1]", "sources: [s9]", 14),
        _broken("bad-url", "https://example.org/a", "example.org/a", 17),
        _broken("unsafe-tag", "summary: They met.", "summary: !!python/object/apply:os.system ['true']", 9),
        _broken("syntax", "summary: They met.", "summary: [They met.", 10),
        _broken("tab", "summary: They met.", "summary: They met.\n\tnote: x", 10),
        _broken("empty-summary", "summary: They met.", "summary: ''", 9),
        ("2024-05-05-id-of-another.yaml", (1, record("2024-04-26-sco-dmm-astana").encode())),
        ("2024-05-05-file-name.yaml", (1, record("2024-05-06-another-name").encode())),
        (
            "2024-05-05-not-utf-8.yaml",
            (2, record("2024-05-05-not-utf-8", title="Caf").encode().replace(b"Caf", b"Caf\xe9")),
        ),
        ("2024-05-05-empty.yaml", (1, b"")),
        ("2024-05-05-a-list.yaml", (1, b"- one\n- two\n")),
        ("2024-05-05-alias-bomb.yaml", (9, _BOMB.encode())),
        (
            "2024-05-05-too-large.yaml",
            (1, (record("2024-05-05-too-large") + "note: " + "x" * 3_000_000 + "\n").encode()),
        ),
    ]
)
