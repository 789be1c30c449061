"""What the buttons and forms of the task card do.

A payload comes from a client, so it is validated by type before anything is done. Whatever
the click, its answer is the card as the owner's tasks are now; where it could not be done,
with one sentence that says why.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from chatkit.actions import Action
from chatkit.errors import CustomStreamError
from chatkit.types import WidgetItem
from chatkit.widgets import DynamicWidgetRoot
from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, ValidationError

from chat.assistant.notices import notice_of
from chat.assistant.references import quoted
from chat.assistant.todos import MAX_OPEN, Todos, Which, clean_title
from chat.assistant.widgets import FORM_KEY, Notice, Undo, add_form, card_text, task_card
from chat.errors import Refused
from store.base import Todo

TodoId = Annotated[str, Field(pattern=r"^todo_[0-9a-f]{32}$")]


class ListPayload(BaseModel):
    """Which list the card shows."""

    which: Which = "open"


class TodoPayload(ListPayload):
    """One task, by its id."""

    id: TodoId


class CreatePayload(ListPayload):
    """What the form for a new task holds."""

    title: Annotated[str, Field(max_length=2000)] = ""
    due: Annotated[str, Field(max_length=40)] | None = None


def _checked_title(title: str) -> str:
    try:
        return clean_title(title)
    except Refused as refusal:
        raise ValueError(str(refusal)) from None


def _checked_moment(moment: datetime) -> datetime:
    # The ends of the calendar cannot be told in every time zone.
    if not 2000 <= moment.year <= 2200:
        raise ValueError("This is not a moment at which a task was made or done.")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_checked_moment)]


class DeletedTodo(BaseModel):
    """A task as it was before it was deleted."""

    id: TodoId
    title: Annotated[str, AfterValidator(_checked_title)]
    due: date | None = None
    created_at: Moment
    completed_at: Moment | None = None


class UndoPayload(ListPayload):
    """The tasks that come back."""

    todos: Annotated[list[DeletedTodo], Field(min_length=1, max_length=MAX_OPEN)]


@dataclass(frozen=True)
class Outcome:
    """What a click led to.

    Attributes:
        widget: what takes the place of the clicked widget.
        copy_text: the same as text.
        click: what the user did, as a sentence for the model.
    """

    widget: DynamicWidgetRoot
    copy_text: str | None
    click: str


@dataclass(frozen=True)
class Done:
    """What a handler did: the sentence for the model, the card's list and its notice."""

    click: str
    which: Which = "open"
    notice: Notice | None = None


class Actions:
    """The actions of the task card, by type."""

    def __init__(self, todos: Todos) -> None:
        """Take what the actions change."""
        self._todos = todos
        self._handlers: dict[str, Callable[[Any, Any], Awaitable[Done]]] = {
            "todos.refresh": self._refresh,
            "todos.create": self._create,
            "todos.complete": self._complete,
            "todos.reopen": self._reopen,
            "todos.delete": self._delete,
            "todos.undo": self._undo,
        }

    async def perform(
        self, action: Action[str, Any], sender: WidgetItem | None, context: Any
    ) -> Outcome:
        """Do what a click asks for.

        Args:
            action: the clicked action; a form's values are in its payload.
            sender: the widget that was clicked, if any.
            context: whose tasks are meant.

        Raises:
            CustomStreamError: the action is unknown, or its payload is not valid.
        """
        payload = {} if action.payload is None else action.payload
        try:
            if action.type == "todos.open_form":
                which = ListPayload.model_validate(payload).which
                return Outcome(add_form(which), None, "opened the form for a new task")
            handler = self._handlers.get(action.type)
            if handler is None:
                raise CustomStreamError("This assistant does not know that action.")
            done = await handler(payload, context)
        except ValidationError:
            raise CustomStreamError("This button does not fit this assistant any more.") from None
        except Refused as refusal:
            return await self._refused(refusal, action, sender, context)
        return await self._card(done, context)

    async def _card(self, done: Done, context: Any) -> Outcome:
        todos, today = await self._todos.load(context), self._todos.today
        widget = task_card(todos, done.which, today, done.notice)
        return Outcome(widget, card_text(todos, done.which, today), done.click)

    async def _refused(
        self, refusal: Refused, action: Action[str, Any], sender: WidgetItem | None, context: Any
    ) -> Outcome:
        """Show why nothing was done: in the form with what was typed, or else on the card."""
        payload = action.payload if isinstance(action.payload, dict) else {}
        which = ListPayload.model_validate(payload).which
        click = f"tried {action.type}, which was refused: {refusal}"
        if sender is not None and sender.widget.key == FORM_KEY:
            typed = CreatePayload.model_validate(payload)
            form = add_form(which, typed.title, _day(typed.due), refusal.message)
            return Outcome(form, None, click)
        return await self._card(
            Done(click, which, Notice(refusal.message, color="danger")), context
        )

    async def _refresh(self, payload: Any, context: Any) -> Done:
        which = ListPayload.model_validate(payload).which
        return Done(f"looked at the list ({which})", which)

    async def _create(self, payload: Any, context: Any) -> Done:
        form = CreatePayload.model_validate(payload)
        [new] = await self._todos.add([(form.title, form.due)], context)
        undo = Undo("todos.delete", {"id": new.id, "which": "open"})
        notice = Notice(f"Added: {quoted([new.title])}", undo)
        return Done(f"added {_named(new)}", "open", notice)

    async def _complete(self, payload: Any, context: Any) -> Done:
        click = TodoPayload.model_validate(payload)
        done = await self._todos.complete([click.id], context)
        return Done(f"completed {_named(done[0])}", click.which, notice_of("complete", done))

    async def _reopen(self, payload: Any, context: Any) -> Done:
        click = TodoPayload.model_validate(payload)
        opened = await self._todos.reopen([click.id], context)
        return Done(f"reopened {_named(opened[0])}", click.which, notice_of("reopen", opened))

    async def _delete(self, payload: Any, context: Any) -> Done:
        click = TodoPayload.model_validate(payload)
        gone = await self._todos.delete([click.id], context)
        return Done(f"deleted {_named(gone[0])}", click.which, notice_of("delete", gone))

    async def _undo(self, payload: Any, context: Any) -> Done:
        click = UndoPayload.model_validate(payload)
        wanted = [Todo.model_validate(todo.model_dump()) for todo in click.todos]
        back = await self._todos.restore(wanted, context)
        names = ", ".join(_named(todo) for todo in back) or "nothing"
        return Done(f"took back the deletion of {names}", click.which)


def _named(todo: Todo) -> str:
    return f"{quoted([todo.title])} ({todo.id})"


def _day(due: str | None) -> str:
    """Return a typed day as a form can hold it, or nothing where it is no day."""
    try:
        return date.fromisoformat((due or "")[:10]).isoformat()
    except ValueError:
        return ""
