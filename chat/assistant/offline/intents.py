"""What a message may ask for."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Verb = Literal["complete", "reopen", "delete"]
Which = Literal["open", "done", "all"]


@dataclass(frozen=True, slots=True)
class NewTodo:
    """A task to add."""

    title: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Numbered:
    """The task with this number in the list as it was last shown."""

    number: int


@dataclass(frozen=True, slots=True)
class Named:
    """The task whose title is, or is like, this."""

    name: str


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The task that was mentioned last ("it"), or all that were ("them")."""

    several: bool = False


@dataclass(frozen=True, slots=True)
class FromEnd:
    """So many tasks at the end of the list."""

    count: int = 1


@dataclass(frozen=True, slots=True)
class Whole:
    """All tasks, as far as they fit.

    Attributes:
        which: open or done ones.
        due: only those due on that day, for today the overdue ones too.
        overdue: only those that should have been done before today.
        but: except these.
    """

    which: Which = "open"
    due: date | None = None
    overdue: bool = False
    but: tuple["Reference", ...] = ()


Reference = Numbered | Named | Mentioned | FromEnd | Whole
References = tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Add:
    """Add tasks; none where the message does not say which."""

    todos: tuple[NewTodo, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """Complete, reopen or delete tasks.

    Attributes:
        verb: what to do with them.
        references: which ones.
        else_add: what to add instead where the list has no such task.
    """

    verb: Verb
    references: References
    else_add: tuple[NewTodo, ...] = ()


@dataclass(frozen=True, slots=True)
class Update:
    """Rename tasks or change the day they are due.

    Attributes:
        references: which ones.
        title: the new title, or None to keep it.
        due: the new day, or None to keep it.
        clear_due: whether the day is taken away.
        shift: how far to move the day, as (days, months), or None.
        else_add: what to add instead where the list has no such task.
    """

    references: References
    title: str | None = None
    due: date | None = None
    clear_due: bool = False
    shift: tuple[int, int] | None = None
    else_add: tuple[NewTodo, ...] = ()


@dataclass(frozen=True, slots=True)
class Show:
    """Show the list."""

    which: Which = "open"


@dataclass(frozen=True, slots=True)
class AskDue:
    """Tell which open tasks are due from one day to another, or overdue."""

    first: date | None
    last: date | None
    said: str


@dataclass(frozen=True, slots=True)
class AskDone:
    """Tell which tasks were done from one day to another."""

    first: date
    last: date
    said: str


@dataclass(frozen=True, slots=True)
class AskCount:
    """Tell how many tasks there are."""

    which: Which = "open"


@dataclass(frozen=True, slots=True)
class AskAbout:
    """Tell whether a task is on the list, whether it is done, or when it is due."""

    reference: Reference
    about: Literal["exists", "done", "due"]


@dataclass(frozen=True, slots=True)
class AskNext:
    """Tell what to do next."""


@dataclass(frozen=True, slots=True)
class PlanDay:
    """Plan a day."""

    day: date


@dataclass(frozen=True, slots=True)
class ShowChart:
    """Chart what was done in the last days."""

    days: int


@dataclass(frozen=True, slots=True)
class UseSelection:
    """Read the text that is selected in the browser, and add it as tasks or only tell it."""

    add: bool
    due: date | None = None


@dataclass(frozen=True, slots=True)
class AddAttached:
    """Add the tasks that an attached text lists."""

    due: date | None = None


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back what the last answer did."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Ask whether these shall be added: they may be tasks, or not."""

    todos: tuple[NewTodo, ...]


Topic = Literal[
    "hello", "thanks", "bye", "help", "about", "connect", "how", "praise", "no", "what_task",
    "what_change", "what_do", "yes", "today", "sorry", "feeling", "too_long", "too_many", "unknown",
    "left_alone", "empty", "text_file", "other_file", "cannot",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Say:
    """Only say something.

    Attributes:
        topic: what about.
        detail: what it is about in particular, in words.
    """

    topic: Topic
    detail: str = ""


Intent = (
    Add | Act | Update | Show | AskDue | AskDone | AskCount | AskAbout | AskNext | PlanDay
    | ShowChart | UseSelection | AddAttached | Undo | Offer | Say
)  # fmt: skip
