"""How to cite the records, and on what terms they may be used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lib.export.json import dump

TITLE = "Samvad: records of multilateral security meetings"
LICENCE = "CC-BY-4.0"
LICENCE_TITLE = "Creative Commons Attribution 4.0 International"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"

LICENCE_NOTICE = f"""\
The records of Samvad are licensed under {LICENCE_TITLE} (CC BY 4.0).

You may share and adapt them for any purpose, even commercially, if you give appropriate credit, link to the licence and say
whether you made changes. The licence: {LICENCE_ADDRESS}
Its full text: {LICENCE_ADDRESS}legalcode

The records come as they are, without warranty of any kind.
"""


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation as a sentence, as BibTeX, as RIS, and as a Citation File Format file."""

    text: str
    bibtex: str
    ris: str
    cff: str


def cite(
    address: str,
    data_version: str,
    title: str = "",
    record: str = "",
    changed: str = "",
    summary: str = "",
    keywords: Iterable[str] = (),
) -> Citation:
    """The citation of a view or, with ``title`` and its id ``record``, of one record; ``address`` is where it is found.

    ``changed`` is the day of the last change as YYYY-MM-DD: the year of publication. It has no date of access: whoever cites it adds
    that. BibTeX is an entry ``@misc`` with the fields that biblatex knows too; RIS is of type DATA, a line a field, ending in CRLF.
    """
    whole = f"{title}. In: {TITLE}" if title else TITLE
    text = f"{whole}. Data version {data_version}. {address} ({LICENCE_TITLE})"
    key = f"samvad-{record}" if record else f"samvad-{data_version}"
    fields = [("title", f"{{{_in_tex(title or TITLE)}}}"), ("author", "{Samvad}")]
    fields += [("howpublished", _in_tex(f"In: {TITLE}"))] if title else []
    fields += [("year", changed[:4])] if changed else []
    fields += [
        ("version", data_version),
        ("url", _address_in_tex(address)),
        ("note", _in_tex(f"Data version {data_version}. {LICENCE_TITLE}")),
    ]
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields)
    bibtex = f"@misc{{{key},\n{lines}\n}}\n"
    # JSON texts are YAML texts: dump() quotes whatever a title or an address contains.
    cff = (
        f"cff-version: 1.2.0\nmessage: If you use these records, please cite them as below.\ntype: dataset\ntitle: {dump(whole)}\n"
        f"authors:\n- name: Samvad\nversion: {dump(data_version)}\nurl: {dump(address)}\nlicense: {LICENCE}\n"
    )
    return Citation(text, bibtex, _ris(address, data_version, title, changed, summary, keywords), cff)


def _ris(address: str, data_version: str, title: str, changed: str, summary: str, keywords: Iterable[str]) -> str:
    """The citation in RIS (Research Information Systems, the format's tags of 2011)."""
    fields = [("TY", "DATA"), ("AU", "Samvad"), ("TI", title or TITLE)]
    fields += [("T2", TITLE)] if title else []
    fields += [("PY", changed[:4]), ("DA", changed.replace("-", "/"))] if changed else []
    # Readers take a semicolon in UR for the end of one address and the beginning of another.
    where = address.replace(";", "%3B")
    fields += [
        ("ET", data_version),
        ("AB", summary),
        *(("KW", word) for word in keywords),
        ("UR", where),
        ("N1", LICENCE_TITLE),
    ]
    # A field is one line: a line break in a title would begin a field of its own.
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value.split()]
    return "\r\n".join([*lines, "ER  - ", ""])


def _in_tex(text: str) -> str:
    """``text`` on one line, with the characters escaped that mean something to TeX."""
    special = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    special |= {sign: f"\\{sign}" for sign in "&%$#_"}
    return "".join(special.get(sign, sign) for sign in " ".join(text.split()))


def _address_in_tex(address: str) -> str:
    """An address as ``url`` takes it: as it is, but without a brace that would end the field."""
    return address.replace("{", "%7B").replace("}", "%7D")
