"""Reading the model's input: what is to be answered, what was said before, what tools said."""

import json
import re
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from chat.assistant.offline.entries import MEANS, QUOTE, STRUCTURED, Entry, Kind, read_entry
from chat.assistant.offline.memory import Memory
from chat.assistant.offline.recalling import clicks_in, deeds_in, titles_in
from chat.assistant.offline.results import Result, read_output
from chat.assistant.offline.sayings import UNSURE, WHAT_TASK

MOST_LOOKED_BACK = 12

_TODAY = re.compile(r"\bToday is\b[^\n]*?(\d{4}-\d{2}-\d{2})", re.IGNORECASE)
_QUOTES = re.compile('["\u201c\u201d\u201e\u00ab\u00bb]')
_HIDDEN = re.compile(r"<HiddenContext>\s*(.*?)\s*</HiddenContext>", re.DOTALL)


@dataclass
class Outputs:
    """What tools answered since the message that is answered now, by name, in order."""

    by_name: dict[str, deque[Result]] = field(default_factory=dict)

    def take(self, name: str) -> Result | None:
        """Return the next answer of a tool that was not taken yet, or None."""
        waiting = self.by_name.get(name)
        return waiting.popleft() if waiting else None


@dataclass(frozen=True, slots=True)
class Answered:
    """The user's answer to a tool's question.

    Attributes:
        skipped: whether it was skipped.
        text: the answers, one question a line.
        note: what a tool noted about what was wanted.
    """

    skipped: bool
    text: str
    note: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Conversation:
    """What the model is asked.

    Attributes:
        today: the day that "today" means.
        text: the message to carry out.
        memory: what was said before it.
        answered: the answer to a question that interrupted it, or None.
        outputs: what tools have answered by now.
        finished: whether it has been answered already, so that nothing is to be done.
    """

    today: date
    text: str
    memory: Memory
    answered: Answered | None
    outputs: Outputs
    finished: bool


def read_conversation(instructions: str | None, items: str | Sequence[Any]) -> Conversation:
    """Read the system instructions and the input items of one call of the model."""
    today = _today(instructions)
    entries = (
        [Entry("user", items)] if isinstance(items, str) else [read_entry(item) for item in items]
    )
    message = _last(entries, ("user",), len(entries))
    answer = _last(entries, ("structured",), len(entries))
    answered = (
        _answered(entries, answer) if answer is not None and answer > (message or 0) else None
    )
    start = answer if answered and answer is not None else message
    since = entries[start + 1 :] if start is not None else []
    user = entries[message] if message is not None else Entry("user", "")
    return Conversation(
        today=today,
        text=_with_titles(user.text, entries[message:] if message is not None else ()),
        memory=_memory(entries, message, today),
        answered=answered,
        outputs=_outputs(since),
        finished=start is None or any(each.kind == "assistant" and each.text for each in since),
    )


def _today(instructions: str | None) -> date:
    if found := _TODAY.search(instructions or ""):
        try:
            return date.fromisoformat(found[1])
        except ValueError:
            pass
    return date.today()


def _with_titles(text: str, entries: Sequence[Entry]) -> str:
    """Return a message with what it mentions in quotation marks, as titles are understood."""
    mentions = next((each.attached for each in entries if each.kind == "mentions"), ())
    titles = {said.removeprefix("@").partition(MEANS)[0] for said in mentions}
    for title in sorted(titles, key=len, reverse=True):
        text = text.replace(f"@{title}", '"{}"'.format(_QUOTES.sub("'", title)))
    return text


def _last(entries: Sequence[Entry], kinds: tuple[Kind, ...], before: int) -> int | None:
    places = (i for i in reversed(range(before)) if entries[i].kind in kinds)
    return next(places, None)


def _outputs(entries: Sequence[Entry]) -> Outputs:
    names = {entry.call_id: entry.text for entry in entries if entry.kind == "call"}
    outputs = Outputs()
    for entry in entries:
        if entry.kind == "output" and entry.call_id in names:
            waiting = outputs.by_name.setdefault(names[entry.call_id], deque())
            waiting.append(read_output(entry.text))
    return outputs


def _answered(entries: Sequence[Entry], place: int) -> Answered | None:
    status, _, rest = entries[place].text.removeprefix(STRUCTURED).partition("\n")
    if status.strip() == "pending":
        return None
    note: Mapping[str, Any] = {}
    for entry in reversed(entries):
        if entry.kind == "hidden" and not note:
            note = _note(entry.text)
    lines = rest.replace("<StructuredInput>", "").replace("</StructuredInput>", "").strip()
    return Answered(status.strip() == "skipped", lines, note)


def _note(text: str) -> Mapping[str, Any]:
    """Return what a tool noted for the time after its question; nothing if it is another note."""
    found = _HIDDEN.search(text)
    try:
        note = json.loads(found[1]) if found else None
    except ValueError:
        return {}
    return note if isinstance(note, Mapping) and note.get("wanted") else {}


def _memory(entries: Sequence[Entry], message: int | None, today: date) -> Memory:
    if message is None:
        return Memory()
    last = _last(entries, ("assistant",), message)
    said = entries[last].text if last is not None else ""
    clicked, click_deeds = _clicks(entries[(last or 0) : message])
    before = _last(entries, ("user",), message)
    # Where the last message was not answered in words, what was done then is not known.
    deeds = deeds_in(said, today) if (last or 0) > (before or 0) else ()
    quoted = next((each.text for each in entries[message:] if each.kind == "quote"), "")
    user = entries[message]
    return Memory(
        mentioned=clicked or _mentioned(entries[:message]),
        deeds=click_deeds or deeds,
        asked=_asked(said),
        before=entries[before].text if before is not None else "",
        quoted=quoted.removeprefix(QUOTE).strip(),
        attached=user.attached,
        other_files=user.files,
    )


def _clicks(entries: Sequence[Entry]) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    for entry in reversed(entries):
        if entry.kind == "hidden" and (found := _HIDDEN.search(entry.text)):
            titles, deeds = clicks_in(found[1])
            if titles:
                return titles, deeds
    return (), ()


def _mentioned(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return the titles that the newest answer with titles names."""
    answers = [entry.text for entry in entries if entry.kind == "assistant"]
    for answer in reversed(answers[-MOST_LOOKED_BACK:]):
        if titles := titles_in(answer):
            return titles
    return ()


def _asked(said: str) -> Literal["", "what_task", "offer"]:
    if WHAT_TASK in said:
        return "what_task"
    return "offer" if said.startswith(UNSURE) else ""
