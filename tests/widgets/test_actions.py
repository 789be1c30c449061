from typing import Any

import pytest
from chatkit.actions import ActionConfig
from chatkit.widgets import Button, Card, DynamicWidgetRoot
from pydantic import ValidationError

from chat.errors import Conflict, InvalidRequest
from chat.page.widgets.places import Place, action_at, find_component, place_in_form
from tests.page.dom import Element
from tests.widgets.rendering import FORM, Tree, form, root, shown

DELETE: Tree = {"type": "task.delete", "payload": {"id": 7}}
PRESS: Tree = {"type": "Button", "label": "Delete", "onClickAction": DELETE}
TITLE: Tree = {"type": "Input", "name": "task.title"}


def press(widget: Tree, button: Element, *fields: tuple[str, str]) -> Any:
    """Post what a browser posts when a button is pressed, and return the action."""
    posted = form(*fields, (button["name"], button["value"]))
    return action_at(DynamicWidgetRoot.model_validate(widget), place_in_form(posted), posted)


def button(page: Element, label: str) -> Element:
    (found,) = [each for each in page.all("button") if each.text == label]
    return found


def test_a_pressed_button_sends_the_action_of_the_stored_widget() -> None:
    pressed = button(shown(PRESS), "Delete")
    assert (pressed["type"], pressed["form"]) == ("submit", FORM)
    action = press(root(PRESS), pressed)
    assert (action.type, action.payload) == ("task.delete", {"id": 7})
    assert (action.handler, action.streaming, action.loadingBehavior) == ("server", True, "auto")


def test_how_an_action_is_run_comes_along() -> None:
    given = DELETE | {"streaming": False, "loadingBehavior": "self", "handler": "server"}
    tree = PRESS | {"onClickAction": given}
    pressed = button(shown(tree), "Delete")
    assert pressed["data-loading"] == "self"
    assert press(root(tree), pressed).streaming is False


def test_an_action_for_the_browser_is_never_posted() -> None:
    tree = PRESS | {"onClickAction": DELETE | {"handler": "client"}}
    pressed = button(shown(tree), "Delete")
    assert pressed["type"] == "button"
    assert "name" not in pressed.attributes
    assert '"task.delete"' in pressed["data-client-action"]


def test_a_browser_cannot_name_type_or_payload() -> None:
    posted = form(("_path", "children.0"), ("_event", "onClickAction"), ("type", "x"), ("id", "8"))
    action = action_at(root(PRESS), place_in_form(posted), posted)
    assert (action.type, action.payload) == ("task.delete", {"id": 7})


def test_a_widget_that_changed_since_it_was_shown_refuses_the_press() -> None:
    pressed = button(shown(PRESS), "Delete")
    changed = root(PRESS | {"onClickAction": DELETE | {"payload": {"id": 8}}})
    with pytest.raises(Conflict):
        press(changed, pressed)
    with pytest.raises(Conflict):
        press(root(), pressed)


@pytest.mark.parametrize(
    "path",
    ["children.9", "children.-1", "children.x", "children", "children.0.children", "type", "0",
     "children.0.onClickAction", "children.0000000000", "..", "children..0", "__class__",
     "children.\u0661"],
)  # fmt: skip
def test_a_place_that_is_not_there_is_a_conflict(path: str) -> None:
    with pytest.raises(Conflict):
        action_at(root(PRESS), Place(path, "onClickAction"), form())


@pytest.mark.parametrize(
    "fields",
    [[], [("_path", "children.0")], [("_event", "onClickAction")], [("_action", "children.0")],
     [("_action", "children.0:onExplode")], [("_path", "x" * 9_999), ("_event", "confirm")]],
)  # fmt: skip
def test_a_form_that_names_no_place_is_invalid(fields: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidRequest):
        place_in_form(form(*fields))


def test_components_are_found_in_typed_and_in_dynamic_widgets_alike() -> None:
    typed = Card(
        children=[Button(label="Delete", onClickAction=ActionConfig.model_validate(DELETE))]
    )
    dynamic = DynamicWidgetRoot.model_validate(root(PRESS))
    for widget in (typed, dynamic):
        assert find_component(widget, "children.0")["label"] == "Delete"
        assert find_component(widget, "")["type"] == "Card"
        assert action_at(widget, Place("children.0", "onClickAction"), form()).payload == {"id": 7}


def test_a_single_child_has_a_place_too() -> None:
    widget = root({"type": "Transition", "children": PRESS})
    action = press(widget, button(shown(*widget["children"]), "Delete"))
    assert action.type == "task.delete"


def test_a_form_puts_its_values_into_the_payload_nested_by_dots() -> None:
    save = {"type": "Form", "onSubmitAction": {"type": "save", "payload": {"task": {"id": 7}}}}
    done = {"type": "Checkbox", "name": "task.done", "label": "Done"}
    open_ = {"type": "Checkbox", "name": "task.open"}
    due = {"type": "DatePicker", "name": "due"}
    note = {"type": "Text", "value": "x", "editable": {"name": "task.note"}}
    submit = {"type": "Button", "label": "Save", "submit": True}
    widget = root(save | {"children": [TITLE, done, open_, due, note, submit]})
    action = press(
        widget,
        button(shown(*widget["children"]), "Save"),
        ("task.title", "Milk\r\nand eggs"), ("task.done", "true"), ("due", "2026-03-05"),
        ("task.note", "n"), ("task.evil", "x"), ("_path", "elsewhere"),
    )  # fmt: skip
    assert (action.type, action.payload) == (
        "save",
        {
            "task": {"id": 7, "title": "Milk\nand eggs", "done": True, "open": False, "note": "n"},
            "due": "2026-03-05",
        },
    )


def test_a_button_in_a_form_sends_the_forms_values_and_checks_nothing() -> None:
    widget = root({"type": "Form", "children": [TITLE, PRESS]})
    pressed = button(shown(*widget["children"]), "Delete")
    assert "formnovalidate" in pressed.attributes
    action = press(widget, pressed, ("task.title", "Milk"))
    assert action.payload == {"id": 7, "task": {"title": "Milk"}}


def test_a_card_as_a_form_confirms_and_cancels_with_its_values() -> None:
    props = {
        "asForm": True,
        "confirm": {"label": "Create", "action": {"type": "create"}},
        "cancel": {"label": "Drop", "action": "drop"},
    }
    page = shown(TITLE | {"required": True}, **props)
    create, drop = button(page, "Create"), button(page, "Drop")
    assert "formnovalidate" in drop.attributes
    assert "formnovalidate" not in create.attributes
    widget = root(TITLE, **props)
    assert press(widget, create, ("task.title", "a")).payload == {"task": {"title": "a"}}
    assert press(widget, drop, ("task.title", "a")).type == "drop"


def test_fields_outside_of_a_form_go_along_with_nothing() -> None:
    widget = root(TITLE, PRESS, confirm={"label": "Go", "action": {"type": "go"}})
    page = shown(*widget["children"], confirm=widget["confirm"])
    assert press(widget, button(page, "Delete"), ("task.title", "a")).payload == {"id": 7}
    assert press(widget, button(page, "Go"), ("task.title", "a")).payload is None


def test_a_form_inside_another_keeps_its_own_values() -> None:
    inner: Tree = {"type": "Form", "onSubmitAction": {"type": "inner"}}
    inner |= {
        "children": [
            {"type": "Input", "name": "b"},
            {"type": "Button", "label": "In", "submit": True},
        ]
    }
    widget = root(
        {"type": "Input", "name": "a"},
        inner,
        asForm=True,
        confirm={"label": "Out", "action": {"type": "outer"}},
    )
    page = shown(*widget["children"], asForm=True, confirm=widget["confirm"])
    assert len(page.all("form")) == 1
    fields = (("a", "1"), ("b", "2"))
    inside, outside = (press(widget, button(page, name), *fields) for name in ("In", "Out"))
    assert (inside.type, inside.payload) == ("inner", {"b": "2"})
    assert (outside.type, outside.payload) == ("outer", {"a": "1"})


def test_enter_submits_the_form_and_not_its_first_button() -> None:
    tree = {"type": "Form", "onSubmitAction": {"type": "save"}, "children": [PRESS, TITLE]}
    first = shown(tree).one("form").all("button")[0]
    assert press(root(tree), first).type == "save"


def test_enter_does_nothing_where_the_form_sends_nothing() -> None:
    first = shown({"type": "Form", "children": [PRESS, TITLE]}).one("form").all("button")[0]
    assert "disabled" in first.attributes


def test_a_change_sends_the_value_that_changed() -> None:
    tree: Tree = {
        "type": "Select",
        "name": "when",
        "onChangeAction": {"type": "move", "payload": {"id": 7}},
    }
    tree["options"] = [{"value": "today", "label": "Today"}, {"value": 2, "label": "In two days"}]
    page = shown(tree)
    assert "data-submit-on-change" in page.one("select").attributes
    apply = button(page, "Apply")
    assert "without-js" in apply["class"]
    assert press(root(tree), apply, ("when", "2")).payload == {"id": 7, "when": "2"}
    assert press(root(tree), apply, ("when", "")).payload == {"id": 7, "when": None}
    with pytest.raises(InvalidRequest):
        press(root(tree), apply, ("when", "never"))


@pytest.mark.parametrize("sent", ["tomorrow", "2026-02-30", "2026-W01", "20260305"])
def test_a_date_that_is_none_is_refused(sent: str) -> None:
    tree = {"type": "DatePicker", "name": "due", "onChangeAction": {"type": "move"}}
    with pytest.raises(InvalidRequest):
        press(root(tree), button(shown(tree), "Apply"), ("due", sent))


def test_an_empty_date_is_none_and_an_unchosen_radio_too() -> None:
    due = {"type": "DatePicker", "name": "due"}
    size = {"type": "RadioGroup", "name": "size", "options": [{"value": "s", "label": "S"}]}
    widget = root({"type": "Form", "onSubmitAction": {"type": "save"}, "children": [due, size]})
    place = Place("children.0", "onSubmitAction")
    assert action_at(widget, place, form(("due", ""))).payload == {"due": None, "size": None}


@pytest.mark.parametrize("payload", ["text", 5, [1]])
def test_a_payload_that_is_no_object_stays_as_it_is(payload: Any) -> None:
    tree = {
        "type": "Form",
        "onSubmitAction": {"type": "x", "payload": payload},
        "children": [TITLE],
    }
    action = action_at(root(tree), Place("children.0", "onSubmitAction"), form(("task.title", "a")))
    assert action.payload == payload


def test_merging_does_not_change_the_stored_widget() -> None:
    inner = {"title": "old"}
    tree = {"type": "Form", "onSubmitAction": {"type": "x", "payload": {"task": inner}}}
    widget = root(tree | {"children": [TITLE]})
    action_at(widget, Place("children.0", "onSubmitAction"), form(("task.title", "new")))
    assert inner == {"title": "old"}


@pytest.mark.parametrize("action", [None, {}, {"payload": {}}, {"type": 5}, 7, [], ""])
def test_an_action_that_cannot_be_sent_makes_a_button_that_does_nothing(action: Any) -> None:
    tree = PRESS | {"onClickAction": action}
    assert "name" not in button(shown(tree), "Delete").attributes
    with pytest.raises(Conflict):
        action_at(root(tree), Place("children.0", "onClickAction"), form())


def test_strange_ways_to_run_an_action_are_the_usual_ones() -> None:
    given = DELETE | {"handler": "robot", "loadingBehavior": 3, "streaming": "no"}
    try:
        action = press(
            root(PRESS | {"onClickAction": given}),
            button(shown(PRESS | {"onClickAction": given}), "Delete"),
        )
    except ValidationError:
        pytest.fail("an unknown handler must not be an error")
    assert (action.handler, action.loadingBehavior, action.streaming) == ("server", "auto", True)


CLIENT: Tree = DELETE | {"handler": "client"}


@pytest.mark.parametrize(
    ("tree", "values"),
    [
        (PRESS | {"onClickAction": CLIENT}, ""),
        ({"type": "Form", "children": [PRESS | {"onClickAction": CLIENT}]}, "form"),
        ({"type": "Checkbox", "name": "a", "onChangeAction": CLIENT}, "own"),
    ],
)
def test_an_action_for_the_browser_says_whose_values_go_along(tree: Tree, values: str) -> None:
    (pressed,) = [
        each for each in shown(tree).all("button") if "data-client-action" in each.attributes
    ]
    assert pressed.attributes.get("data-values", "") == values


def test_enter_in_a_form_for_the_browser_presses_its_button_too() -> None:
    submit = {"type": "Button", "label": "Save", "submit": True}
    tree = {"type": "Form", "onSubmitAction": CLIENT, "children": [TITLE, submit]}
    first, save = shown(tree).one("form").all("button")
    for each in (first, save):
        assert (each["type"], each["data-values"]) == ("submit", "form")
        assert "data-client-action" in each.attributes
        assert "formnovalidate" not in each.attributes


@pytest.mark.parametrize(
    ("given", "shown_as"), [("auto", "self"), ("self", "self"), ("container", "container"),
                            ("none", ""), (None, "self"), ("loud", "self")],
)  # fmt: skip
def test_a_press_says_what_is_at_work_meanwhile(given: Any, shown_as: str) -> None:
    tree = PRESS | {"onClickAction": DELETE | {"loadingBehavior": given}}
    assert button(shown(tree), "Delete").attributes.get("data-loading", "") == shown_as


def test_a_form_is_at_work_as_a_whole_and_a_change_shows_nothing() -> None:
    submit = {"type": "Button", "label": "Save", "submit": True}
    form_tree = {"type": "Form", "onSubmitAction": {"type": "save"}, "children": [submit]}
    assert button(shown(form_tree), "Save")["data-loading"] == "container"
    change = {"type": "Checkbox", "name": "a", "onChangeAction": {"type": "tick"}}
    assert "data-loading" not in button(shown(change), "Apply").attributes


def test_an_action_that_is_answered_at_once_says_so() -> None:
    tree = PRESS | {"onClickAction": DELETE | {"streaming": False}}
    assert "data-sync" in button(shown(tree), "Delete").attributes
    assert "data-sync" not in button(shown(PRESS), "Delete").attributes
