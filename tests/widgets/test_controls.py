from typing import Any

import pytest

from tests.widgets.rendering import FORM, Tree, component, shown


def control(tree: Tree, tag: str = "input") -> dict[str, str]:
    return component(tree).one(tag).attributes


def test_an_input_is_what_it_says() -> None:
    tree = {"type": "Input", "name": "a.b", "inputType": "email", "defaultValue": "x@y.z"}
    tree |= {"placeholder": "Mail", "pattern": ".+@.+"}
    found = control(tree | {"required": True, "disabled": True})
    expected = {
        "type": "email", "name": "a.b", "value": "x@y.z", "placeholder": "Mail", "pattern": ".+@.+"
    }  # fmt: skip
    assert expected.items() <= found.items()
    assert {"required", "disabled"} <= set(found)
    assert found["form"] == FORM


def test_a_password_is_never_written_into_the_page() -> None:
    tree = {"type": "Input", "name": "p", "inputType": "password", "defaultValue": "secret"}
    assert "value" not in control(tree)


def test_an_unknown_kind_of_input_is_for_text() -> None:
    assert control({"type": "Input", "name": "a", "inputType": "file"})["type"] == "text"


def test_a_textarea_keeps_its_lines() -> None:
    tree = {"type": "Textarea", "name": "a", "defaultValue": "\n one\n<two>", "rows": 5}
    area = component(tree).one("textarea")
    assert area["rows"] == "5"
    assert area.children == ["\n\n one\n<two>"]  # a browser drops the first line end


def test_a_select_has_its_options_and_a_way_to_choose_nothing() -> None:
    options = [
        {"value": "low", "label": "Low"},
        {"value": 2, "label": "Two", "description": "second"},
        {"value": "x", "label": "X", "disabled": True},
    ]
    tree: Tree = {"type": "Select", "name": "p", "options": options, "placeholder": "Priority"}
    shown_options = component(tree).all("option")
    assert [(each["value"], each.text) for each in shown_options] == [
        ("", "Priority"), ("low", "Low"), ("2", "Two – second"), ("x", "X")
    ]  # fmt: skip
    assert "disabled" in shown_options[3].attributes
    chosen = component(tree | {"defaultValue": "low"}).all("option")
    assert [each["value"] for each in chosen if "selected" in each.attributes] == ["low"]
    assert len(chosen) == 3
    assert len(component(tree | {"defaultValue": "low", "clearable": True}).all("option")) == 4


@pytest.mark.parametrize(
    ("count", "props", "searchable"),
    [
        (15, {}, False),
        (16, {}, True),
        (2, {"searchable": True}, True),
        (16, {"searchable": False}, False),
        (16, {"searchable": True, "disabled": True}, False),
    ],
    ids=["few", "many", "wanted", "not wanted", "disabled"],
)
def test_a_select_can_be_searched_where_that_is_of_use(
    count: int, props: Tree, searchable: bool
) -> None:
    options = [{"value": str(number), "label": f"Day {number}"} for number in range(count)]
    made = component({"type": "Select", "name": "day", "options": options, **props})
    assert made.has("input", type="search") == searchable
    if searchable:
        field = made.one("input", type="search")
        assert "name" not in field.attributes
        assert field["data-filter"] == made.one("select")["id"]
        assert "needs-js" in made.one("span", class_="w-filter needs-js")["class"]


@pytest.mark.parametrize("options", [None, "{{options}}", [None, 5, "x"], [{}], {"a": 1}])
def test_options_of_another_shape_are_no_options(options: Any) -> None:
    tree = {"type": "Select", "name": "p", "options": options, "defaultValue": "x"}
    assert component(tree).all("option") == []


@pytest.mark.parametrize("day", ["2026-03-05", "2026-03-05T00:00:00", "2026-03-05T10:00:00Z"])
def test_a_date_picker_is_the_browsers_own(day: str) -> None:
    tree = {"type": "DatePicker", "name": "d", "defaultValue": day, "min": day, "maxDate": day}
    found = control(tree)
    expected = {"type": "date", "value": "2026-03-05", "min": "2026-03-05", "max": "2026-03-05"}
    assert expected.items() <= found.items()


def test_a_date_that_is_none_is_left_out() -> None:
    assert "value" not in control({"type": "DatePicker", "name": "d", "defaultValue": "soon"})


def test_a_checkbox_has_its_label_around_it() -> None:
    tree = {"type": "Checkbox", "name": "c", "label": "Done", "defaultChecked": True}
    box = component(tree)
    assert box.one("label").text == "Done"
    assert "checked" in box.one("input").attributes


def test_radio_buttons_are_a_named_group() -> None:
    tree: Tree = {"type": "RadioGroup", "name": "size.shirt", "defaultValue": "m"}
    tree["options"] = [{"value": "s", "label": "S", "disabled": True}, {"value": "m", "label": "M"}]
    group = component(tree | {"required": True})
    small, medium = group.all("input")
    assert group.tag == "fieldset"
    assert group.one("legend").children == ["Shirt"]
    assert (small["name"], medium["name"]) == ("size.shirt", "size.shirt")
    assert "disabled" in small.attributes
    assert "checked" in medium.attributes
    assert "checked" not in small.attributes


@pytest.mark.parametrize("name", ["fieldName", "htmlFor"])
def test_a_label_describes_its_field(name: str) -> None:
    page = shown(
        {"type": "Label", "value": "Your mail", name: 'mail"x'},
        {"type": "Input", "name": 'mail"x', "placeholder": "a@b.c"},
    )
    field = page.one("input")
    assert page.one("label")["for"] == field["id"]
    assert "aria-label" not in field.attributes


@pytest.mark.parametrize(
    ("props", "name"),
    [
        ({"placeholder": "Your mail"}, "Your mail"),
        ({}, "Due date"),
        ({"ariaLabel": "Mail"}, "Mail"),
    ],
)
def test_a_field_without_a_label_has_a_name_all_the_same(props: Tree, name: str) -> None:
    assert control({"type": "Input", "name": "task.due_date", **props})["aria-label"] == name


def test_two_forms_with_equal_names_have_two_ids() -> None:
    form = {"type": "Form", "children": [{"type": "Input", "name": "a"}]}
    first, second = shown(form, form).all("input", type="text")
    assert first["id"] != second["id"]
    assert first["form"] != second["form"]


def test_text_can_be_edited_in_place() -> None:
    options = {"name": "t", "placeholder": "Title", "required": True}
    tree = {"type": "Text", "value": "Milk <1>", "size": "lg", "editable": options}
    box = component(tree)
    assert (box.one("input")["value"], box.one("input")["aria-label"]) == ("Milk <1>", "Title")
    assert "size-lg" in box["class"]
    long = component(tree | {"minLines": 4})
    assert long.one("textarea")["rows"] == "4"
    assert component(tree | {"editable": False}).tag == "p"


@pytest.mark.parametrize("type", ["Input", "Textarea"])
def test_a_field_has_the_manners_it_is_given(type: str) -> None:
    tag = "input" if type == "Input" else "textarea"
    plain = control({"type": type, "name": "a"}, tag)
    assert plain["autocomplete"] == "off"
    assert {"data-1p-ignore", "data-lpignore", "data-bwignore"} <= set(plain)
    assert not {"data-autofocus", "data-select"} & set(plain)
    tree = {"type": type, "name": "a", "autoFocus": True, "autoSelect": True}
    found = control(tree | {"allowAutofillExtensions": True}, tag)
    assert {"data-autofocus", "data-select"} <= set(found)
    assert not {"autocomplete", "data-1p-ignore"} & set(found)


def test_an_editable_text_has_the_manners_it_is_given() -> None:
    options = {"name": "t", "autoFocus": True, "autoSelect": True, "autoComplete": "given-name"}
    found = component({"type": "Text", "value": "x", "editable": options}).one("input").attributes
    assert {"data-autofocus", "data-select", "data-1p-ignore"} <= set(found)
    assert found["autocomplete"] == "given-name"
    evil = component({"type": "Text", "editable": {"name": "t", "autoComplete": '"><b>'}})
    assert evil.one("input")["autocomplete"] == "off"


def test_a_textarea_grows_up_to_its_most_rows() -> None:
    tree: Tree = {"type": "Textarea", "name": "a", "autoResize": True, "maxRows": 5}
    assert component(tree)["style"] == "--rows:5"
    assert "grows" in component(tree)["class"]
    assert "style" not in component(tree | {"autoResize": False}).attributes


def test_a_date_pickers_placeholder_stands_above_it_unless_a_label_does() -> None:
    tree: Tree = {"type": "DatePicker", "name": "d", "placeholder": "When?"}
    assert component(tree).one("label").text == "When?"
    labelled = shown({"type": "Label", "value": "Due", "fieldName": "d"}, tree)
    assert [label.text for label in labelled.all("label")] == ["Due"]


def test_a_label_describes_a_group_of_radio_buttons_too() -> None:
    group = {"type": "RadioGroup", "name": "size", "options": [{"value": "s", "label": "S"}]}
    page = shown({"type": "Label", "value": "Size", "fieldName": "size"}, group)
    label = page.one("label", data_widget="Label")
    assert page.one("fieldset")["aria-labelledby"] == label["id"]
    assert not page.has("legend")


def test_sizes_variants_and_gutters_become_classes() -> None:
    tree: Tree = {"type": "Input", "name": "a", "variant": "soft", "size": "2xl", "pill": True}
    assert set(component(tree | {"gutterSize": "xs"})["class"].split()) == {
        "w-input", "soft", "control-2xl", "gutter-xs", "pill"
    }  # fmt: skip


@pytest.mark.parametrize("type", ["TextInput", "number"])
def test_what_some_authors_write_for_an_input_is_one(type: str) -> None:
    tree: Tree = {"type": type, "name": "a", "placeholder": "0 to 100", "min": 0, "max": 100}
    found = component(tree)
    assert found["data-widget"] == type
    field = found.one("input")
    assert (field["placeholder"], field["name"]) == ("0 to 100", "a")
    assert field["type"] == ("number" if type == "number" else "text")
