"""What a browser keeps of a Streamlit page: the tree of elements, and the values of its widgets.

The rules follow Streamlit 1.67's own front end, because the server relies on them: it takes the value of a widget from
what the browser sends with every request, and leaves it to the browser to drop what a run did not draw again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

Path = tuple[int, ...]

# The field of WidgetState that carries each widget's value (`value_type=` of its register_widget call).
WIRE_FIELDS = {
    "text_input": "string_value",
    "text_area": "string_value",
    "selectbox": "string_value",
    "radio": "string_value",
    "color_picker": "string_value",
    "time_input": "string_value",
    "feedback": "string_value",
    "plotly_chart": "string_value",
    "dataframe": "string_value",
    "multiselect": "string_array_value",
    "button_group": "string_array_value",
    "date_input": "string_array_value",
    "date_time_input": "string_array_value",
    "checkbox": "bool_value",
    "expandable": "bool_value",
    "popover": "bool_value",
    "pagination": "int_value",
    "number_input": "double_value",
    "slider": "double_array_value",
    "button": "trigger_value",
    "download_button": "trigger_value",
    "menu_button": "string_trigger_value",
}
TRIGGERS = {"trigger_value", "string_trigger_value"}
# These send nothing until somebody acts on them; all others report their first value as soon as they are drawn.
SILENT_AT_FIRST = {"plotly_chart", "dataframe", "feedback"}
# Where the words of an element stand, for reading a page without drawing it.
TEXT_FIELDS = {
    "markdown": ("body",),
    "heading": ("body",),
    "text": ("body",),
    "html": ("body",),
    "alert": ("title", "body"),
    "metric": ("label", "body"),
    "code": ("code_text",),
    "page_link": ("label",),
    "expandable": ("label",),
    "popover": ("label",),
}


class ProtocolError(Exception):
    """The server sent, or the caller asked for, something that a browser could not have met."""


@dataclass(frozen=True, slots=True)
class Node:
    """One element or block as last received; `kind` is its field name in the protocol, such as `text_input`."""

    path: Path
    kind: str
    proto: Any
    is_block: bool
    run_id: str
    script_hash: str
    fragment_id: str

    @property
    def id(self) -> str:
        """The widget id, or "" where the element holds no value."""
        return getattr(self.proto, "id", "")

    @property
    def key(self) -> str:
        """The key given in the script, or ""; ids read `$$ID-<hash>-<key>`."""
        key = self.id.split("-", maxsplit=2)[-1] if self.id.startswith("$$") else ""
        return "" if key == "None" else key

    @property
    def label(self) -> str:
        return getattr(self.proto, "label", "")

    @property
    def text(self) -> str:
        """The words that it shows, as sent (Markdown, HTML); "" for charts and widgets."""
        return "\n".join(text for field in TEXT_FIELDS.get(self.kind, ()) if (text := getattr(self.proto, field)))


class Page:
    """The element tree and the widgets' values; holds nothing of the connection."""

    def __init__(self) -> None:
        self._nodes: dict[Path, Node] = {}
        self._states: dict[str, WidgetState] = {}

    @property
    def nodes(self) -> list[Node]:
        """All elements and blocks in the order of the page: main area first, then the sidebar."""
        return [self._nodes[path] for path in sorted(self._nodes)]

    def apply(self, message: ForwardMsg, run_id: str) -> Node | None:
        """Place the delta's element; returns it, or None for a delta that only lasts while the script runs."""
        delta, path = message.delta, tuple(message.metadata.delta_path)
        operation = delta.WhichOneof("type")
        if operation not in ("new_element", "add_block"):
            return None
        holder = getattr(delta, operation)
        kind = holder.WhichOneof("type") or "container"
        proto = getattr(holder, kind) if kind != "container" else holder
        node = Node(
            path, kind, proto, operation == "add_block", run_id, message.metadata.active_script_hash, delta.fragment_id
        )
        before = self._nodes.get(path)
        if before is not None and before.is_block and not (node.is_block and before.kind == kind):
            # A block drawn again keeps its children until the run ends; anything else in its place removes them.
            self._keep(lambda other: other.path[: len(path)] != path)
        self._nodes[path] = node
        self._report_first_value(node)
        return node

    def end_run(self, run_id: str, fragment_ids: Iterable[str]) -> None:
        """Drop what the run did not draw again, and the values of the widgets that went with it."""
        fragments = set(fragment_ids)
        self._keep(lambda node: node.run_id == run_id or bool(fragments and node.fragment_id not in fragments))
        self._drop_orphaned_states()

    def leave(self, main_script_hash: str) -> None:
        """Go to another page: only what the entry script itself draws (navigation, filter bar) stays."""
        self._keep(lambda node: node.script_hash == main_script_hash)
        self._drop_orphaned_states()

    def widget(self, name: str) -> Node:
        """The widget of that key, else of that label. ProtocolError if there is none, several, or it is disabled."""
        widgets = [node for node in self.nodes if node.id and node.kind in WIRE_FIELDS]
        found = [node for node in widgets if node.key == name] or [node for node in widgets if node.label == name]
        if len(found) != 1:
            known = sorted({node.key or node.label for node in widgets})
            raise ProtocolError(f"{len(found)} widgets are named {name!r}; the page has {known}")
        if getattr(found[0].proto, "disabled", False):
            raise ProtocolError(f"the widget {name!r} is disabled")
        return found[0]

    def set(self, node: Node, value: Any) -> None:
        """Store a widget's new value; choices are given by their labels, as the reader sees them."""
        options = [getattr(option, "content", option) for option in getattr(node.proto, "options", ())]
        chosen = [value] if isinstance(value, str) else value
        closed = options and isinstance(chosen, list | tuple) and not getattr(node.proto, "accept_new_options", False)
        if closed and (unknown := [choice for choice in chosen if choice not in options]):
            raise ProtocolError(f"{node.label or node.key!r} offers no {unknown}")
        self._states[node.id] = _state(node, value)

    def unset(self, node: Node) -> None:
        """Forget a value, as a browser does with a button once its click is sent."""
        self._states.pop(node.id, None)

    def states(self) -> WidgetStates:
        """The values of all widgets, as every rerun request carries them."""
        return WidgetStates(widgets=self._states.values())

    def _report_first_value(self, node: Node) -> None:
        field = WIRE_FIELDS.get(node.kind)
        if not node.id or field is None or field in TRIGGERS or node.kind in SILENT_AT_FIRST:
            return
        if node.id not in self._states or getattr(node.proto, "set_value", False):
            self._states[node.id] = _state(node, first_value(node.kind, node.proto))

    def _keep(self, wanted: Callable[[Node], bool]) -> None:
        self._nodes = {path: node for path, node in self._nodes.items() if wanted(node)}

    def _drop_orphaned_states(self) -> None:
        alive = {node.id for node in self._nodes.values()}
        self._states = {key: state for key, state in self._states.items() if key in alive}


def first_value(kind: str, proto: Any) -> Any:
    """The value a widget shows when it is drawn: the one set by the script, else its default; None for no choice."""
    options = [getattr(option, "content", option) for option in getattr(proto, "options", ())]
    given = getattr(proto, "set_value", False)
    if kind in ("multiselect", "button_group"):
        return list(proto.raw_values) if given else [options[index] for index in proto.default]
    if kind in ("selectbox", "radio"):
        if given:
            return proto.raw_value if proto.HasField("raw_value") else None
        return options[proto.default] if proto.HasField("default") and options else None
    if kind == "expandable":
        return proto.expanded
    if kind == "popover":
        return proto.open
    if kind == "slider" and options:
        return list(proto.raw_value) if given else [options[int(index)] for index in proto.default]
    field = "value" if given else "default"
    value = getattr(proto, field)
    if isinstance(value, bool | int | float | str):
        optional = proto.DESCRIPTOR.fields_by_name[field].has_presence
        return value if not optional or proto.HasField(field) else None
    return list(value)


def _state(node: Node, value: Any) -> WidgetState:
    field = WIRE_FIELDS[node.kind]
    if node.kind == "slider" and node.proto.options:
        field = "string_array_value"  # a select_slider sends the labels
    state = WidgetState(id=node.id)
    if value is None:
        return state
    if field.endswith("_array_value"):
        getattr(state, field).data.extend([value] if isinstance(value, str | int | float) else value)
    elif field == "string_trigger_value":
        state.string_trigger_value.data = value
    else:
        setattr(state, field, json.dumps(value) if isinstance(value, dict) else value)
    return state
