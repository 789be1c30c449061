"""Every kind of thread item with every field that it can have, as plain data.

``HOSTILE`` holds values that must neither run, nor break out of where they are, nor make a page
wider than its window.
"""

from typing import Any

Json = dict[str, Any]

WORD = "w" * 10_000
HOSTILE = [
    '"><script>window.hacked = 1</script>',
    '<img src=x onerror="window.hacked = 1">\' onload=alert(1)',
    "javascript:window.hacked=1",
    "‮right to left\u202c אבג دهو",
    "👩‍👩‍👧‍👦" * 50,
    WORD,
    "{{ 7 * 7 }}${7*7}",
    "</article></section></div><style>body{display:none}</style>",
]

URL: Json = {
    "type": "url",
    "title": "The price of milk",
    "url": "https://www.prices.example/milk?year=2026",
    "description": "Prices by month and by region, with the averages of the last ten years.",
    "timestamp": "2026-03-05",
    "attribution": "Office of Prices",
    "group": "Statistics",
}
FILE: Json = {
    "type": "file",
    "title": "Shopping notes",
    "filename": "notes.md",
    "description": "What was bought last week.",
    "timestamp": "2026-03-01T10:00:00Z",
    "group": "Documents",
}
ENTITY: Json = {
    "type": "entity",
    "id": "ent_1",
    "title": "Corner shop",
    "icon": "maps",
    "label": "Shop",
    "inline_label": "Corner shop",
    "description": "Open until eight.",
    "timestamp": "last spring",
    "group": "Places",
    "interactive": True,
    "data": {"url": "https://shop.example/", "street": "Main Street 1"},
}
TEXT = (
    "Milk is **cheaper** than last year, and the [corner shop](https://shop.example) has it.\n\n"
    "- oat milk\n- cow's milk\n\n```python\nbuy('milk')\n```\n\nThat is all."
)


def cites(source: Json, index: int | None) -> Json:
    """Return an annotation of a source at a place in the text."""
    return {"type": "annotation", "source": source, "index": index}


ANNOTATIONS = [
    cites(URL, TEXT.index(" than")),
    cites(ENTITY, TEXT.index(" has it")),
    cites(FILE, TEXT.index("\n- cow")),
    cites(URL, TEXT.index("\n\nThat")),
    cites(FILE | {"title": "Without a place"}, None),
]
TASKS: list[Json] = [
    {
        "type": "custom",
        "title": "Looked at the list",
        "icon": "notebook",
        "content": "There are **three** things on it.",
        "status_indicator": "complete",
    },
    {
        "type": "web_search",
        "title": "Compared prices",
        "title_query": "milk price",
        "queries": ["milk price", "oat milk offers"],
        "sources": [URL, URL | {"title": "Offers", "url": "https://offers.example"}],
        "status_indicator": "complete",
    },
    {"type": "thought", "title": "Weighed it", "content": "Oat milk *keeps* longer."},
    {
        "type": "file",
        "title": "Read the notes",
        "sources": [FILE],
        "status_indicator": "loading",
    },
    {"type": "image", "title": "Drew the shelf", "status_indicator": "none"},
]
PIXEL = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='640' height='400'%3E"
    "%3ClinearGradient id='a'%3E%3Cstop stop-color='%23f7b267'/%3E%3Cstop offset='1' "
    "stop-color='%235b8e7d'/%3E%3C/linearGradient%3E%3Crect width='640' height='400' "
    "fill='url(%23a)'/%3E%3C/svg%3E"
)
CHOICE: Json = {
    "type": "multiple_choice",
    "id": "drink",
    "question": "Which milk should it be?",
    "options": [{"value": "Oat milk"}, {"value": "Cow's milk"}, {"value": "Neither"}],
}
DAYS: Json = CHOICE | {"id": "days", "question": "On which days?", "multiple": True}
WORDS: Json = {
    "type": "freeform",
    "id": "note",
    "question": "Anything else?",
    "description": "The shop is told what you write.",
}
TAG: Json = {
    "type": "input_tag",
    "id": "usr_1",
    "text": "@Ann",
    "group": "People",
    "interactive": True,
    "data": {"url": "https://people.example/ann", "role": "Neighbour", "icon": "user"},
}
PLAIN_TAG: Json = {"type": "input_tag", "id": "t", "text": "#list", "data": {}, "group": "Lists"}
SAID: Json = {
    "content": [
        {"type": "input_text", "text": "  Ask "},
        TAG,
        {"type": "input_text", "text": " about  the\n    milk on "},
        PLAIN_TAG,
    ],
    "quoted_text": "Milk is cheaper than last year.",
    "inference_options": {"tool_choice": {"id": "price_search"}, "model": "large-1"},
}
IMAGE_FILE: Json = {
    "type": "image",
    "id": "atc_1",
    "name": "shelf.png",
    "mime_type": "image/png",
    "preview_url": "http://localhost/attachments/atc_1",
}
PLAIN_FILE: Json = {
    "type": "file",
    "id": "atc_2",
    "name": "A list of all that was bought last year.pdf",
    "mime_type": "application/pdf",
    "metadata": {"size": 1_234_567},
}
CALL: Json = {
    "call_id": "call_1",
    "name": "open_map",
    "arguments": {"limit": 5, "names": ["a", "b"]},
}
WIDGET: Json = {
    "type": "Card",
    "children": [
        {"type": "Title", "value": "Milk"},
        {"type": "Text", "id": "grows", "value": "One litre", "streaming": True},
        {"type": "Badge", "id": "changes", "label": "open"},
    ],
}
NOTICES: list[Json] = [
    {"level": "info", "message": "You have **three** messages left. [More](https://more.example)"},
    {"level": "warning", "title": "Slow", "message": "Answers take longer now."},
    {"level": "danger", "title": "Over", "message": "Nothing is kept from now on."},
]

ITEMS: dict[str, tuple[str, Json]] = {
    "user message": ("user_message", SAID | {"attachments": [IMAGE_FILE, PLAIN_FILE]}),
    "answer": (
        "assistant_message",
        {"content": [{"type": "output_text", "text": TEXT, "annotations": ANNOTATIONS}]},
    ),
    "pending call": ("client_tool_call", CALL),
    "completed call": (
        "client_tool_call",
        CALL | {"status": "completed", "output": {"text": "milk", "lines": [1, 2]}},
    ),
    "skipped call": (
        "client_tool_call",
        CALL | {"status": "completed", "output": {"skipped": True}},
    ),
    "widget": ("widget", {"widget": WIDGET, "copy_text": "One litre of milk"}),
    "image": ("generated_image", {"image": {"id": "img_1", "url": PIXEL}}),
    "foreign image": (
        "generated_image",
        {"image": {"id": "img_2", "url": "https://images.example/milk.png"}},
    ),
    "no image": ("generated_image", {"image": None}),
    "answered questions": (
        "structured_input",
        {
            "status": "answered",
            "inputs": [
                CHOICE | {"answer": {"values": ["Oat milk"]}},
                DAYS | {"answer": {"values": ["Neither", "only\nSundays"]}},
                WORDS | {"answer": {"skipped": True}},
            ],
        },
    ),
    "skipped questions": ("structured_input", {"status": "skipped", "inputs": [CHOICE]}),
    **{f"{task['type']} task": ("task", {"task": task}) for task in TASKS},
    "workflow": (
        "workflow",
        {
            "workflow": {
                "type": "custom",
                "tasks": TASKS,
                "summary": {"title": "Went through the list", "icon": "check-circle"},
                "expanded": True,
            }
        },
    ),
    "reasoning": (
        "workflow",
        {"workflow": {"type": "reasoning", "tasks": TASKS[2:3], "summary": {"duration": 75}}},
    ),
    "unsummed workflow": ("workflow", {"workflow": {"type": "custom", "tasks": TASKS[:1]}}),
    "end of turn": ("end_of_turn", {}),
    "questions": ("structured_input", {"inputs": [CHOICE, DAYS, WORDS]}),
}
"""Every item type in every state, complete; the questions, which wait for answers, come last."""
