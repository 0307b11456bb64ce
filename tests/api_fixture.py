"""A tiny data folder with every hard case of the contract, and a client of the API over any folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.testclient import TestClient

from lib.api import routes
from lib.store import Store

REAL = Path(__file__).resolve().parent.parent / "data"

_SOURCE = "sources: [{id: s1, kind: official, publisher: Press Office, title: Readout, url: 'https://example.org/a;=b', published: 2024-05}]"

RECORDS = {
    # Several days, a stated absence, two persons of one country, an organization, a child theme, texts like formulas.
    "2024-04-26-sco-dmm-astana": f"""\
id: 2024-04-26-sco-dmm-astana
title: '=HYPERLINK("http://evil.example","Defence Ministers")'
series: sco-dmm
kind: ministerial
status: held
start: 2024-04-25
end: 2024-04-26
mode: in-person
place: {{city: Astana, country: KAZ, venue: "+1 Hall"}}
chair: KAZ
summary: "Türkiye's guest, a \\"quoted\\" word, and;=1+1 a second\\nline."
roster: complete
participants:
- {{country: IND, capacity: member, level: senior-official, name: Giridhar Aramane, role: Defence Secretary}}
- {{country: IND, capacity: member, level: minister, name: "@Someone", mode: virtual}}
- {{country: PAK, capacity: member, attended: false}}
- {{country: KAZ, capacity: host, level: minister, name: Rúslan Jaqsylyqov}}
- {{organization: sco-rats, capacity: guest, level: head-of-organization}}
themes:
- {{theme: cross-border-terrorism, by: IND, form: statement, point: -5 degrees of zero tolerance, sources: [s1]}}
- {{theme: sovereignty, by: joint, form: joint-document, point: Reaffirmed it., sources: [s1]}}
- {{theme: sovereignty, by: IND, form: proposal, point: Proposed more of it., sources: [s1]}}
outcomes:
- {{form: joint-communique, title: Communique, themes: [sovereignty, terrorism], sources: [s1]}}
former_ids: [2024-04-sco-dmm-astana]
{_SOURCE}
""",
    # Only the month is known; a source says that there was no joint text; the absent one is listed alone.
    "2023-04-sco-dmm-new-delhi": """\
id: 2023-04-sco-dmm-new-delhi
title: Meeting in New Delhi
series: sco-dmm
kind: ministerial
status: held
start: "2023-04"
mode: hybrid
place: {city: New Delhi, country: IND}
summary: A month, not a day.
roster: partial
participants:
- {country: IND, capacity: host, level: minister}
- {country: PAK, capacity: member, level: senior-official, mode: virtual}
themes:
- {theme: terrorism, by: IND, form: statement, point: Said so., sources: [s1]}
- {theme: terrorism, by: PAK, form: agenda, point: On the agenda., sources: [s1]}
outcomes: [{form: no-joint-document, title: No communique, sources: [s1]}]
sources: [{id: s1, kind: news, publisher: Daily, title: "TAB\\tin it", url: 'https://example.org/b'}]
""",
    # Announced, not held: whoever is listed is expected. Only the year is known, written as a bare number.
    "2027-sco-summit-bishkek": f"""\
id: 2027-sco-summit-bishkek
title: Summit to come
series: sco-summit
kind: summit
status: scheduled
start: 2027
mode: in-person
place: {{country: KGZ}}
summary: Expected.
roster: partial
participants:
- {{country: IND, capacity: member, level: head-of-government, name: Narendra Modi}}
- {{country: PAK, capacity: member, attended: false}}
themes: []
outcomes: []
{_SOURCE}
""",
}


def tiny(folder: Path, records: dict[str, str] | None = None) -> Path:
    """``folder`` with the tiny records; the vocabulary and the geometry are the shipped ones."""
    (folder / "events").mkdir(parents=True)
    for name, text in (RECORDS if records is None else records).items():
        (folder / "events" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def client(folder: Path, prefix: str = "", today: Callable[[], dt.date] = dt.date.today) -> TestClient:
    """A client of the API over ``folder``."""
    return TestClient(Starlette(routes=routes(Store(folder), prefix, today=today)), follow_redirects=False)
