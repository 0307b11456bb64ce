"""The look of a briefing, on screen and on A4."""

from __future__ import annotations

_RUNNING = 90
"""Characters of the running title that stay on one line."""

_STYLE = """
:root { --ink: #1d1d1b; --muted: #5f6368; --accent: #0b6f64; --line: #d9d4c7; --serif: "Source Serif 4", "Iowan Old Style", Georgia, "Noto Serif", "Times New Roman", serif;
  --sans: "Source Sans 3", "Helvetica Neue", Arial, "Noto Sans", sans-serif; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { max-width: 44rem; margin: 2.5rem auto 4rem; padding: 0 1.2rem; color: var(--ink); background: #fff; font: 1rem/1.5 var(--serif); overflow-wrap: break-word; }
a { color: var(--accent); text-decoration: none; overflow-wrap: anywhere; }
a:hover, a:focus { text-decoration: underline; }
h1, h2, h3 { line-height: 1.22; margin: 0; text-wrap: balance; }
h1 { font-size: 1.9rem; font-weight: 600; }
h2 { font-size: 1.25rem; font-weight: 600; margin: 2.2rem 0 .5rem; }
h3 { font-size: 1.06rem; font-weight: 600; }
h3 a { color: inherit; }
p { margin: .35rem 0; }
sup { font: 500 .66em/0 var(--sans); margin-left: .12em; white-space: nowrap; }
.brand { font: 600 .82rem/1 var(--sans); letter-spacing: .04em; margin: 0 0 1.1rem; padding-bottom: .6rem; border-bottom: 2px solid var(--ink); }
.brand span { font-weight: 400; color: var(--muted); margin-left: .5em; }
.made, .facts, .day, .cap, figcaption, .coverage table, .terms, .notes { font-family: var(--sans); font-size: .82rem; }
.made, .facts, .day, figcaption { color: var(--muted); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(6.2rem, 1fr)); gap: .4rem 1rem; margin: 1.4rem 0 .8rem; padding: .7rem 0; border: solid var(--line); border-width: 1px 0; }
.figures div { display: flex; flex-direction: column; }
.figures dd { margin: 0; font-size: 1.55rem; font-weight: 600; line-height: 1.15; }
.figures dt { font: .8rem/1.25 var(--sans); color: var(--muted); }
figure { margin: 1.8rem 0; }
figure h2 { font-size: 1.06rem; margin: 0 0 .5rem; }
figure svg { display: block; width: 100%; height: auto; font-family: var(--sans); }
figcaption { margin-top: .3rem; }
.cap { padding: .5rem .8rem; background: #f4f1ea; }
article { margin: 1.5rem 0; padding-top: .7rem; border-top: 1px solid var(--line); }
.day { font-weight: 600; margin: 0 0 .1rem; }
.facts { margin: .1rem 0 .45rem; }
.who { font-size: .92rem; }
.who b, .who .label { font: 600 .82rem/1.4 var(--sans); }
.who .label { color: var(--accent); }
.who .label::after { content: ":"; }
.points, .outcomes { margin: .5rem 0; padding-left: 1.1rem; font-size: .95rem; }
.points li, .outcomes li { margin: .22rem 0; }
.outcomes { list-style: square; }
.about { font: .82rem/1.4 var(--sans); color: var(--muted); }
.uncertain { font-size: .9rem; padding-left: .8rem; border-left: 2px solid var(--line); }
.coverage table { width: 100%; border-collapse: collapse; margin: .8rem 0; }
.coverage th, .coverage td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); font-weight: 400; }
.coverage thead th { font-weight: 600; }
.notes { padding-left: 2.1rem; line-height: 1.4; }
.notes li { margin: .18rem 0; }
.notes li:target { background: #f6ecc9; }
.terms { margin-top: 2rem; border-top: 2px solid var(--ink); }
.terms h2 { margin-top: .8rem; font-size: 1rem; }
@media (max-width: 32rem) { .picture { overflow-x: auto; } .picture svg { width: 38rem; } .coverage table { display: block; overflow-x: auto; } h1 { font-size: 1.5rem; } }
@media print {
  html { font-size: 9.8pt; }
  body { max-width: none; margin: 0; padding: 0; line-height: 1.42; }
  h1 { font-size: 19pt; } h2 { font-size: 13.5pt; margin-top: 18pt; } h3, figure h2 { font-size: 10.8pt; }
  a { color: inherit; } sup a { color: var(--accent); }
  h1, h2, h3, .day, .facts, .brand { break-after: avoid; break-inside: avoid; }
  figure, tr, .notes li, .points li, .outcomes li, .figures, .uncertain, .terms { break-inside: avoid; }
  figure { margin: 1.3rem 0; }
  article > p:nth-child(4), article li { orphans: 3; widows: 3; }
  .notes { font-size: 8pt; }
  thead { display: table-header-group; }
  svg, .cap, .figures { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""


def style(title: str, day: str) -> str:
    """The style sheet; ``title`` runs above every page but the first, ``day`` and the page number below each (CSS Paged Media 3, 5)."""
    running = title if len(title) <= _RUNNING else f"{title[: _RUNNING - 1].rsplit(' ', 1)[0]}…"
    small = 'font: 7.6pt "Source Sans 3", "Helvetica Neue", Arial, sans-serif; color: #5f6368;'
    return (
        f"@page {{ size: A4; margin: 19mm 18mm 20mm; @top-left {{ content: {in_css(f'Samvad briefing: {running}')}; {small} }} "
        f"@bottom-left {{ content: {in_css(day)}; {small} }} "
        f'@bottom-right {{ content: counter(page) " / " counter(pages); {small} }} }} '
        f"@page :first {{ @top-left {{ content: none; }} }}{_STYLE}"
    )


def in_css(text: str) -> str:
    """``text`` as a string of CSS (CSS Syntax 3, 4.3.7): every sign but plain letters, digits and blanks escaped, so that none can end it or the sheet."""
    return (
        '"'
        + "".join(
            sign if sign.isascii() and (sign.isalnum() or sign == " ") else f"\\{ord(sign):x} "
            for sign in " ".join(text.split())
        )
        + '"'
    )
