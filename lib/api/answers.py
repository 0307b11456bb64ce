"""The answers of the API, one function per address; each returns a Reply or raises a Refusal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

import pandas as pd

from lib.api.reply import JSON, Refusal, Reply
from lib.export.briefing import build_briefing
from lib.export.citation import Citation
from lib.export.cited import event_citation, view_citation
from lib.export.csv import to_csv
from lib.export.feed import MEDIA_TYPE, build_feed
from lib.export.json import dump, to_json
from lib.export.package import build_package
from lib.export.parquet import to_parquet
from lib.export.rows import file_name
from lib.filters.selection import Selection, select
from lib.filters.table import FILTERS
from lib.geo import served_geography
from lib.history import load_history, stamps
from lib.links import Doubt, Link, address, read_link, record_address
from lib.problems import nearest, shown
from lib.records.plain import record
from lib.store import SHIPPED, Snapshot, resource
from lib.tables.columns import TABLES

FORMATS = {"csv": "text/csv; charset=utf-8", "json": JSON, "parquet": "application/vnd.apache.parquet"}
CITATION_FORMATS = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
}
RECORD_FORMATS = {"json": JSON, "yaml": "application/yaml; charset=utf-8", **CITATION_FORMATS}
FLAGS = {"rows": "all", "excel": "1"}
"""Parameters that are not filters, with the only value that each takes."""


@dataclass(frozen=True, slots=True)
class Question:
    """One request: the data, the query string, where the dashboard is served, without a slash at the end, and the day on which it is asked."""

    snapshot: Snapshot
    query: str
    base_url: str
    day: dt.date

    def link(self, flags: Sequence[str] = ()) -> Link:
        """What the query says; a Refusal where anything in it is doubtful."""
        pairs = parse_qsl(self.query, keep_blank_values=True)
        link = read_link(pairs, self.snapshot.tables, tuple(FLAGS))
        refuse_doubts([*link.doubts, *_flag_doubts(pairs, flags)])
        return link

    def takes_no_parameters(self) -> None:
        """A Refusal where the query has any: nothing that is asked for is passed over in silence."""
        given = self.link().filters
        refuse_doubts(
            [
                Doubt(name, ",".join(given[name]), f"This address takes no filters, so {shown(name)} cannot limit it.")
                for name in given
            ]
        )


def refuse_doubts(doubts: Sequence[Doubt]) -> None:
    """A Refusal with status 400 that names every doubt; the first gives the fields."""
    if doubts:
        problems = [
            {"error": d.sentence, "parameter": d.parameter, "value": d.value, "nearest": d.nearest} for d in doubts
        ]
        first = dict(problems[0])
        raise Refusal(400, str(first.pop("error")), **first, problems=problems)


def _flag_doubts(pairs: Iterable[tuple[str, str]], flags: Sequence[str]) -> list[Doubt]:
    doubts = []
    for key, value in pairs:
        if key in FLAGS and key not in flags:
            doubts.append(Doubt(key, value, f"{key} has no meaning at this address."))
        elif key in FLAGS and value.strip() not in ("", FLAGS[key]):
            doubts.append(Doubt(key, value, f"{key} is {FLAGS[key]} or left out, not {shown(value)}.", FLAGS[key]))
    return doubts


def table(question: Question, name: str, ending: str) -> Reply:
    """The rows of a table for the filters: what the pages show and download."""
    link = question.link(("rows", "excel") if ending == "csv" else ("rows",))
    filters, tables = link.filters, question.snapshot.tables
    every, excel = bool((link.setting("rows") or "").strip()), bool((link.setting("excel") or "").strip())

    def render() -> bytes:
        frame = _frame(select(tables, filters), name, every)
        match ending:
            case "csv":
                return to_csv(frame, name, excel)
            case "json":
                return to_json(frame, name, filters, tables.digest)
            case _:
                return to_parquet(frame, name, filters, tables.digest)

    headers = _as_file(file_name(name, filters, ending), shown_in_place=ending == "json")
    return Reply((tables.digest, name, ending, filters.chosen, every, excel), render, FORMATS[ending], headers)


def _frame(selection: Selection, name: str, every: bool) -> pd.DataFrame:
    return selection.all_rows(name) if every else selection.rows(name)


def package(question: Question) -> Reply:
    """The data package for the filters."""
    link = question.link(("rows",))
    tables, filters = question.snapshot.tables, link.filters
    every = bool((link.setting("rows") or "").strip())
    view = address(f"{question.base_url}/", filters)
    cited = view_citation(question.snapshot, filters, view)
    return Reply(
        (tables.digest, "package", filters.chosen, every, view, cited),
        lambda: build_package(select(tables, filters), view, cited, every),
        "application/zip",
        _as_file(file_name("package", filters, "zip")),
    )


def event(question: Question, name: str, ending: str) -> Reply:
    """One known record. A former id is answered as the present one, which Content-Location names."""
    question.takes_no_parameters()
    catalog = question.snapshot.catalog
    found = catalog.by_id[name]
    place = f"{question.base_url}/api/events/{found.id}.{ending}"

    view = record_address(question.base_url, found.id)
    cited = event_citation(question.snapshot, found, question.base_url) if ending in CITATION_FORMATS else None

    def render() -> bytes:
        if cited:
            return _citation_text(cited, ending)
        if ending == "yaml":
            return catalog.file_of(found).text.encode()
        return f"{dump({'id': found.id, 'data_version': catalog.digest, 'view': view, 'record': record(found)})}\n".encode()

    headers = {**_as_file(f"{found.id}.{ending}", shown_in_place=cited is None), "Content-Location": place}
    return Reply((catalog.digest, "event", found.id, ending, place, cited), render, RECORD_FORMATS[ending], headers)


def _citation_text(cited: Citation, ending: str) -> bytes:
    return (cited.bibtex if ending == "bib" else cited.ris).encode()


def citation(question: Question, ending: str) -> Reply:
    """The citation of the data, or of the selection that the filters make."""
    filters = question.link().filters
    cited = view_citation(question.snapshot, filters, address(f"{question.base_url}/", filters))
    return Reply(
        ("citation", ending, cited),
        lambda: _citation_text(cited, ending),
        CITATION_FORMATS[ending],
        _as_file(file_name("citation", filters, ending)),
    )


def feed(question: Question) -> Reply:
    """New and changed records of the selection as Atom (RFC 4287)."""
    filters, snapshot = question.link().filters, question.snapshot
    times = stamps(snapshot, load_history(snapshot.folder))
    return Reply(
        (snapshot.version, "feed", filters.chosen, question.base_url, tuple(times.values())),
        lambda: build_feed(select(snapshot.tables, filters), times, question.base_url),
        MEDIA_TYPE,
        _as_file(file_name("feed", filters, "atom"), shown_in_place=True),
    )


def briefing(question: Question) -> Reply:
    """The selection as one HTML file to read and to print; it names the day on which it was made."""
    filters, tables, day = question.link().filters, question.snapshot.tables, question.day
    view = address(f"{question.base_url}/", filters)
    headers = {
        **_as_file(file_name("briefing", filters, "html"), shown_in_place=True),
        # It holds no script and fetches nothing: nothing in a record can change that.
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'",
    }
    return Reply(
        (tables.digest, "briefing", filters.chosen, view, day),
        lambda: build_briefing(select(tables, filters), view, day),
        "text/html; charset=utf-8",
        headers,
    )


def geometry(question: Question) -> Reply:
    """The map's outlines as GeoJSON, those that the pages show: of the data folder, else those that come with the dashboard."""
    question.takes_no_parameters()
    shown = served_geography(resource(question.snapshot.folder, "geo"), SHIPPED / "geo")
    return Reply(
        ("geometry", shown.digest),
        lambda: shown.outlines,
        "application/geo+json",
        {"Cache-Control": "public, max-age=86400"},
    )


def index(question: Question) -> Reply:
    """What there is: the tables with their addresses, the parameters, the other addresses."""
    question.takes_no_parameters()
    tables, api = question.snapshot.tables, f"{question.base_url}/api"

    def render() -> bytes:
        body = {
            "name": "Samvad",
            "data_version": tables.digest,
            "licence": "CC-BY-4.0",
            "tables": {
                name: {
                    "row": declared.row,
                    "count": len(tables[name]),
                    "columns": declared.names,
                    **{ending: f"{api}/{name}.{ending}" for ending in FORMATS},
                }
                for name, declared in TABLES.items()
            },
            "parameters": {
                **{row.parameter: row.help or row.label for row in FILTERS},
                "rows": "all: every row of the events that pass",
                "excel": "1: a byte order mark before the CSV",
            },
            "event": [f"{api}/events/{{id}}.{ending}" for ending in RECORD_FORMATS],
            "package": f"{api}/package.zip",
            "briefing": f"{api}/briefing.html",
            "feed": f"{api}/feed.atom",
            "citation": [f"{api}/citation.{ending}" for ending in CITATION_FORMATS],
            "geometry": f"{api}/geo/world.geojson",
        }
        return f"{dump(body)}\n".encode()

    return Reply((tables.digest, "index", api), render, JSON)


def answer(question: Question, path: str) -> Reply:
    """The reply at ``path``, which is what follows ``/api/``; a Refusal with status 404 where there is nothing."""
    match path.split("/"):
        case [""]:
            return index(question)
        case ["package.zip"]:
            return package(question)
        case ["briefing.html"]:
            return briefing(question)
        case ["feed.atom"]:
            return feed(question)
        case ["citation.bib" | "citation.ris" as name]:
            return citation(question, name.rpartition(".")[2])
        case ["geo", "world.geojson"]:
            return geometry(question)
        case ["events", name]:
            return _named(question, name, event, "event", question.snapshot.catalog.by_id, RECORD_FORMATS)
        case [name]:
            return _named(question, name, table, "table", TABLES, FORMATS)
    raise not_found(f"There is nothing at {shown('/api/' + path)}", path, _paths())


def _named(
    question: Question,
    name: str,
    found: Callable[[Question, str, str], Reply],
    what: str,
    known: Iterable[str],
    formats: Iterable[str],
) -> Reply:
    """The reply for ``<name>.<ending>``, both known."""
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    if stem not in known:
        raise not_found(f"There is no {what} {shown(stem)}", stem, known)
    if ending not in formats:
        near = nearest(ending, formats) or next(iter(formats))
        lacking = f"has no format {shown(ending)}, only" if ending else "needs a format:"
        raise not_found(f"The {what} {stem} {lacking} {', '.join(formats)}", name, [f"{stem}.{near}"])
    return found(question, stem, ending)


def not_found(sentence: str, value: str, known: Iterable[str]) -> Refusal:
    """A 404 that names the nearest known one."""
    near = nearest(value, known)
    return Refusal(404, f"{sentence}; did you mean {near}?" if near else f"{sentence}.", value=value, nearest=near)


def _paths() -> list[str]:
    return [
        "package.zip",
        "briefing.html",
        "feed.atom",
        *(f"citation.{ending}" for ending in CITATION_FORMATS),
        "geo/world.geojson",
        *(f"{name}.{ending}" for name in TABLES for ending in FORMATS),
    ]


def _as_file(name: str, shown_in_place: bool = False) -> dict[str, str]:
    return {"Content-Disposition": f'{"inline" if shown_in_place else "attachment"}; filename="{name}"'}
