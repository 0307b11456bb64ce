"""YAML text to a tree of nodes that know their lines, or to the problem that prevents it.

libyaml composes the tree; nothing is constructed, so no tag can run anything. The reader walks the
tree along the model and never below it, which leaves aliases no room to explode in; a file whose
aliases would is refused all the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from lib.problems import Problem, shown

MAX_BYTES = 256 * 1024
"""The largest file that is read, in bytes: twenty times the longest record."""

MAX_NODES = 50_000
"""The most nodes that a file may expand to, aliases counted as often as they are used."""

MAX_DEPTH = 60
"""The deepest nesting that is read; a record needs four levels."""

_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge", "value")
)


@dataclass(frozen=True, slots=True)
class Document:
    """One file's text and the mapping that it holds."""

    file: str
    text: str
    root: yaml.MappingNode


def compose(file: str, data: bytes, most: int = MAX_BYTES) -> Document | Problem:
    """The document in ``data``, of at most ``most`` bytes, or what is wrong with the file as a whole."""
    if len(data) > most:
        return Problem(
            "too-large",
            file,
            1,
            "",
            f"at most {most:,} bytes",
            "more",
            "a record is a page of facts: split it, or move long texts to their sources",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Problem(
            "not-utf8", file, line, "", "text in UTF-8", f"byte 0x{data[error.start]:02x}", "save the file as UTF-8"
        )
    if not text.strip():
        return Problem("empty", file, 1, "", "a record", "an empty file", "write the record or delete the file")
    deep = _too_deep(file, text)
    if deep:
        return deep
    try:
        root = yaml.compose(text, yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # What is missing at the end is said of the last line, not of one behind it.
        return Problem(
            "syntax",
            file,
            min(mark.line + 1, len(text.splitlines())) if mark else 1,
            "",
            "YAML",
            f"text that is none: {(error.problem or error.context or 'it cannot be parsed').removeprefix('but ')}",
            "quote texts that hold ': ' or start with a special character; indent with spaces",
        )
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        return Problem("syntax", file, line, "", "YAML", str(error).splitlines()[0], "remove the character named")
    if root is None:
        return Problem("empty", file, 1, "", "a record", "comments only", "write the record or delete the file")
    trouble = _hostile_tag(file, text, root) or _alias_bomb(file, text, root)
    if trouble:
        return trouble
    if not isinstance(root, yaml.MappingNode):
        return Problem(
            "not-a-mapping",
            file,
            line_of(root),
            "",
            "a mapping of keys to values",
            describe(root),
            "start with 'id: ...'",
        )
    return Document(file, text, root)


def _too_deep(file: str, text: str) -> Problem | None:
    """The problem of a file whose nesting would overflow the stack of the composer, which calls itself at each level.

    Brackets and the signs at a line's beginning bound the depth; only where they allow too much is it counted. A byte order mark is
    none of a line's text, wherever it stands.
    """
    openings = text.count("[") + text.count("{")
    indent = max(len(line) - len(line.lstrip(" ?:-\ufeff")) for line in text.splitlines())
    if 2 * (openings + indent) < 10 * MAX_DEPTH:
        return None
    depth = 0
    try:
        for event in yaml.parse(text, yaml.CSafeLoader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > MAX_DEPTH:
                return Problem(
                    "too-deep",
                    file,
                    event.start_mark.line + 1,
                    "",
                    f"at most {MAX_DEPTH} levels",
                    "more",
                    "records nest four levels deep",
                )
    except yaml.YAMLError:
        pass  # Composing names it.
    return None


def line_of(node: yaml.Node) -> int:
    """The line on which ``node`` begins, counted from 1."""
    return node.start_mark.line + 1


def describe(node: yaml.Node) -> str:
    """What a node is, in the words of a problem: a list, a mapping, or the text itself."""
    if isinstance(node, yaml.SequenceNode):
        return f"a list of {len(node.value)}"
    if isinstance(node, yaml.MappingNode):
        return f"a mapping of {len(node.value)} keys"
    return shown(node.value) if node.value else "nothing"


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        return node.value
    if isinstance(node, yaml.MappingNode):
        return [child for pair in node.value for child in pair]
    return []


def _each(root: yaml.Node) -> list[yaml.Node]:
    """Every node once, aliases not followed twice."""
    seen, waiting, found = set(), [root], []
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen.add(id(node))
            found.append(node)
            waiting.extend(_children(node))
    return found


def _hostile_tag(file: str, text: str, root: yaml.Node) -> Problem | None:
    if "!" not in text:
        return None
    for node in _each(root):
        if node.tag not in _PLAIN_TAGS:
            return Problem(
                "unsafe-tag",
                file,
                line_of(node),
                "",
                "plain values",
                f"the tag {shown(node.tag)}",
                "remove the tag: records hold texts, dates and lists only",
            )
    return None


def _alias_bomb(file: str, text: str, root: yaml.Node) -> Problem | None:
    if "*" not in text or "&" not in text:
        return None
    nodes = _each(root)
    sizes: dict[int, int] = {}
    line = next((line_of(node) for node in nodes if node is not root), 1)
    # Sizes settle from the leaves up; a node that is inside itself never settles.
    waiting = [root]
    open_nodes: set[int] = set()
    while waiting:
        node = waiting[-1]
        missing = [child for child in _children(node) if id(child) not in sizes]
        if missing and id(node) not in open_nodes:
            open_nodes.add(id(node))
            if any(id(child) in open_nodes for child in missing):
                return _bomb(file, line_of(node), "an alias inside itself")
            waiting.extend(missing)
            continue
        if missing:
            return _bomb(file, line_of(node), "an alias inside itself")
        total = 1
        for child in _children(node):
            total += sizes[id(child)]
            if total > MAX_NODES:
                return _bomb(file, line, f"aliases that stand for more than {MAX_NODES:,}")
        sizes[id(node)] = total
        waiting.pop()
    return None


def _bomb(file: str, line: int, found: str) -> Problem:
    return Problem("alias-bomb", file, line, "", f"at most {MAX_NODES:,} values", found, "write the values out")
