"""No link brings a page down: a thousand of them, sent to the real server over its WebSocket."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path
from urllib.parse import quote, urlencode

import yaml

from bench.server import Server, serve
from bench.viewer import Viewer

ROOT = Path(__file__).resolve().parents[1]
LINKS, VIEWERS, FRESH_EVERY = 1000, 4, 20
PAGES = ("", "timeline", "participants", "themes", "event", "data") * 2 + (
    "search",
    "representation",
    "country",
    "person",
    "pairs",
    "co-occurrence",
    "uptake",
    "compare",
    "watch",
    "methods",
)

WORDS = {
    name: list(yaml.safe_load((ROOT / "data" / "vocabulary" / f"{name}.yaml").read_text("utf-8")))
    for name in (
        "series",
        "kinds",
        "statuses",
        "countries",
        "themes",
        "levels",
        "mention-forms",
        "organizations",
        "modes",
        "outcome-forms",
        "groups",
    )
}
EVENTS = sorted(file.stem for file in (ROOT / "data" / "events").glob("*.yaml"))
VALID = {
    "series": WORDS["series"],
    "kind": WORDS["kinds"],
    "status": WORDS["statuses"],
    "country": WORDS["countries"],
    "theme": WORDS["themes"],
    "by": [*WORDS["countries"], "joint"],
    "level": WORDS["levels"],
    "form": WORDS["mention-forms"],
    "organization": WORDS["organizations"],
    "group": WORDS["groups"],
    "host": WORDS["countries"],
    "mode": WORDS["modes"],
    "outcome": WORDS["outcome-forms"],
    "country_match": ["any", "all"],
    "theme_match": ["any", "all"],
    "from": ["2017", "2020-02", "2024-02-29", "1999"],
    "to": ["2018", "2023-12", "2024-04-26", "2030"],
    "q": ["Astana", "rajnath singh", "Türkiye", "zero tolerance"],
    "person": ["Rajnath Singh", "rajnath singh", "Dong Jun"],
}
SETTINGS = (
    "doc",
    "order",
    "sel",
    "on",
    "id",
    "meetings",
    "table",
    "page",
    "pov",
    "measure",
    "unit",
    "path",
    "watch",
    "since",
    "c",
    "p",
    "vs_country",
    "vs_from",
    "vs_theme",
)
CHARTS = (
    "years",
    "timeline",
    "map",
    "ranking",
    "matrix",
    "often",
    "form",
    "said",
    "when",
    "presence",
    "rates",
    "levels",
    "met",
    "shared",
    "together",
    "path",
)
NASTY = (
    "",
    " ",
    ",",
    ",,,",
    ":",
    "@",
    "%",
    "%%%",
    "\0",
    "\x00IND",
    "\x1b[31m",
    "a\r\nSet-Cookie: x=1",
    "\t",
    "\u202egnp",
    "\ufeff",
    "\u200b",
    "\U0001f600" * 40,
    "İıſK",
    "e\u0301",
    "العربية",
    "中文,中文",
    "' OR 1=1 --",
    "'; DROP TABLE events; --",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{7*7}}",
    "${jndi:ldap://x}",
    "../../../../etc/passwd",
    "file:///etc/passwd",
    "__class__",
    "None",
    "null",
    "undefined",
    "NaN",
    "inf",
    "-1",
    "0",
    "1e309",
    "9" * 400,
    "99999",
    "-0",
    "٣",
    "²",
    "0x10",
    "true",
    "[]",
    "{}",
    "IND" * 3000,
    "*" * 5000,
    "[" * 3000,
    "(" * 3000 + ")" * 3000,
    "a," * 3000,
    "$x^2$ **b** `c` :red[x] :material/link:",
    "0000",
    "0001-01-01",
    "9999-12-31",
    "10000",
    "2024-00",
    "2024-02-30",
    "2024-1-1",
    "20240101",
    "2024-04-26T00:00",
    "-2024",
    "２０２４",
    "2024‑04",
)


def _value(chance: random.Random, valid: list[str]) -> str:
    """A value: as it should be, several, stale, misspelt, or hostile."""
    match chance.randrange(8):
        case 0 | 1 | 2:
            return chance.choice(valid)
        case 3:
            return ",".join(chance.sample(valid, min(len(valid), chance.randint(2, 5))))
        case 4:
            word = chance.choice(valid)
            place = chance.randrange(len(word))
            return word[:place] + chance.choice("xZ-9 é") + word[place + chance.randint(0, 1) :]
        case 5:
            return ",".join([chance.choice(valid), chance.choice(NASTY)])
        case _:
            return chance.choice(NASTY)


def _setting(chance: random.Random, name: str) -> str:
    """A page setting of any kind, understood by its page or not."""
    country, theme, event = chance.choice(WORDS["countries"]), chance.choice(WORDS["themes"]), chance.choice(EVENTS)
    year, group = chance.choice(["2024", "1999", "0000", "20245", "-1"]), chance.choice(["sco", "india", "none"])
    fitting = {
        "sel": [
            f"event:{event}",
            f"year:{year}:{group}",
            f"country:{country}",
            f"cell:{country}@{event}",
            f"theme:{theme}",
            f"form:{theme}:statement",
            f"said:{theme}@{country}",
            f"said:{theme}@joint",
            f"when:{theme}:{year}",
            f"came:{country}",
            f"met:{country}@IND",
            f"shared:{country}@IND",
            f"both:{theme}@terrorism",
            f"voiced:{theme}@terrorism",
            f"point:{event}:0",
            f"side:left:{event}",
            "event:",
            "cell:@",
            "said:@",
            "when::",
            "year:",
            "form:",
            "pair:a:b",
        ],
        "on": list(CHARTS),
        "id": [event, event[:-2], event.upper()],
        "meetings": WORDS["series"],
        "page": ["1", "2", "7", "400", "0", "-3", "1.5"],
        "measure": ["share", "events", "count"],
        "unit": ["event", "actor"],
        "path": [f"{theme}@sco-dmm", f"{theme}:sco", theme],
        "since": ["2024-01-01", "2024"],
        "watch": ["country=IND;theme=terrorism", "country%3DIND", "a|b|c"],
        "c": [country, country.lower(), "India"],
        "p": ["rajnath-singh", "Rajnath Singh", "Sergey Shoygu", "nobody"],
        "vs_country": [country, "IND,PAK"],
        "vs_from": ["2020", "2020-13"],
        "vs_theme": [theme],
        "table": ["events", "participations", "mentions", "outcomes", "sources", "problems"],
        "pov": ["default", "IN", "CN", "PK", "XX"],
        "doc": ["measures", "codebook", "reliability", "record", "filters", "Codebook"],
        "order": ["best", "newest", "oldest"],
    }[name]
    return chance.choice(fitting) if chance.random() < 0.7 else chance.choice(NASTY)


def _query(chance: random.Random) -> str:
    pairs = [
        (name, _value(chance, VALID[name])) for name in chance.choices(list(VALID), k=chance.choice([0, 1, 1, 2, 3, 6]))
    ]
    pairs += [(name, _setting(chance, name)) for name in chance.choices(SETTINGS, k=chance.choice([0, 0, 1, 2, 3]))]
    if chance.random() < 0.15:
        pairs.append(
            (
                chance.choice(
                    [*NASTY, "contry", "FROM", "from[]", "embed", "utm_source", "filter-country", "__proto__"]
                ),
                chance.choice(NASTY),
            )
        )
    if chance.random() < 0.02:
        pairs += [
            (chance.choice(["country", "page", "sel", "q", "from"]), f"{chance.choice(NASTY[:20])}{number}")
            for number in range(2000)
        ]
    chance.shuffle(pairs)
    query = (
        urlencode(pairs)
        if chance.random() < 0.7
        else "&".join(f"{quote(name)}={quote(value, safe=',:;@%+')}" for name, value in pairs)
    )
    if chance.random() < 0.08:  # wrong percent-encoding, wrong UTF-8, wrong separators
        query += chance.choice(
            [
                "&q=%",
                "&q=%zz",
                "&country=%ff%fe",
                "&q=%u0041",
                "&q=%00",
                "&&&",
                "&=",
                "=&=",
                ";country=IND",
                "?country=IND",
                "#x",
                "&q=%ed%a0%80",
                "&country=IND%2CPAK",
            ]
        )
    return query


def links(seed: int, count: int) -> list[tuple[str, str]]:
    """Page and query string of ``count`` links, the same for the same seed."""
    chance = random.Random(seed)
    return [(chance.choice(PAGES), _query(chance)) for _ in range(count)]


async def _visit(server: Server, own: list[tuple[str, str]], failed: list[str]) -> None:
    """Open each link, most within the open tab as Back and Forward do, some as a fresh visitor."""
    for first in range(0, len(own), FRESH_EVERY):
        batch = own[first : first + FRESH_EVERY]
        async with Viewer(server.base, *batch[0], timeout=60) as viewer:
            run = await viewer.open()
            for path, query in [batch[0], *batch[1:]]:
                if (path, query) != batch[0]:
                    run = await viewer.rerun(query, path)
                if not run.ok:
                    failed.append(
                        f"/{path}?{query[:300]}: {[error.type + ': ' + error.message[:200] for error in run.exceptions] or run.status}"
                    )
                if not any("<h1>" in text for text in run.texts):
                    failed.append(f"/{path}?{query[:300]}: the page has no heading")


async def _visit_all(server: Server) -> list[str]:
    failed: list[str] = []
    all_links = links(20240426, LINKS)
    await asyncio.gather(*(_visit(server, all_links[place::VIEWERS], failed) for place in range(VIEWERS)))
    return failed


def test_a_thousand_links_of_every_kind_show_no_exception() -> None:
    with serve(ROOT / "app.py", options=("--client.showErrorDetails", "full")) as server:
        failed = asyncio.run(_visit_all(server))
        assert not failed, f"{len(failed)} of {LINKS}:\n" + "\n".join(failed[:20])
        assert "Traceback" not in server.written(), server.written()[-3000:]


def test_a_path_that_is_no_page_shows_no_exception() -> None:
    async def visit(base: str, path: str) -> None:
        async with Viewer(base, path, "country=IND") as viewer:
            run = await viewer.open()
            assert run.ok, path
            assert any("<h1>" in text for text in run.texts), path

    with serve(ROOT / "app.py") as server:
        for path in (
            "no-such-page",
            "event/2024",
            "..",
            "%00",
            "pages/data",
            "timeline/",
            "TIMELINE",
            "\u202e",
            "a" * 9000,
        ):
            asyncio.run(visit(server.base, path))
        assert "Traceback" not in server.written()
