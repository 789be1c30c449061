"""``GET /entities``: what may be mentioned, and the preview of one of them."""

from __future__ import annotations

import json
from typing import Any

from chatkit.widgets import BasicRoot
from markupsafe import Markup
from pydantic import BaseModel, TypeAdapter, ValidationError
from quart import Response, jsonify, request
from quart.typing import ResponseReturnValue

from chat.entities import Entities, Entity, entities_of
from chat.errors import InvalidRequest, NotFound, NotSupported
from chat.host import current_host
from chat.page.addresses import entity_preview_url
from chat.page.contexts.entities import EntitiesPage, EntityGroup, EntityView, PreviewPage
from chat.page.fragments import render_fragment
from chat.page.icons import icon
from chat.page.render import render, wants_block
from chat.page.widgets.render import render_widget

_entities: TypeAdapter[list[Entity]] = TypeAdapter(list[Entity])

MOST = 20
"""Entities that are shown of what a search finds."""
LONGEST_QUERY = 200


async def entities() -> ResponseReturnValue:
    """``GET /entities?q=…``: what a query may mean.

    Returns:
        JSON where that is asked for; the options of a listbox for htmx, if it says
        ``?list``; else a page.

    Raises:
        NotSupported: the server has no entities.
    """
    offered, context = await _offered()
    query = request.args.get("q", "").strip()[:LONGEST_QUERY]
    found = (await offered.search(query, context))[:MOST]
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) != "text/html":
        return jsonify({"entities": [each.model_dump(exclude_none=True) for each in found]})
    groups = _grouped(found)
    if "list" in request.args:
        html = render_fragment("parts/entities.html", groups=groups)
        return Response(html, headers={"HX-Push-Url": "false"}, content_type="text/html")
    return await render("entities.html", EntitiesPage(query, groups))


async def preview(entity_id: str) -> ResponseReturnValue:
    """``GET /entities/<id>/preview``: the server's widget about an entity.

    The entity's ``title``, ``group`` and ``data`` (JSON) are arguments, as a mention has them.

    Returns:
        The widget alone for htmx, else a page with it.

    Raises:
        NotSupported: the server has no entities.
        NotFound: there is no preview of this one.
        InvalidRequest: the arguments describe no entity.
    """
    offered, context = await _offered()
    entity = _described(entity_id)
    widget = await offered.preview(entity, context)
    if widget is None:
        raise NotFound("There is no preview of this.")
    html = _shown(widget)
    if wants_block():
        return Response(html, headers={"HX-Push-Url": "false"}, content_type="text/html")
    return await render("preview.html", PreviewPage(entity.title, html))


async def listed() -> ResponseReturnValue:
    """``POST /entities``: the options of a listbox for entities that the embedding page found.

    Raises:
        InvalidRequest: the body is not a list of entities as JSON.
    """
    try:
        found = _entities.validate_json(await request.get_data())[:MOST]
    except ValidationError:
        raise InvalidRequest("These are not entities.") from None
    html = render_fragment("parts/entities.html", groups=_grouped(found))
    return Response(html, headers={"HX-Push-Url": "false"}, content_type="text/html")


async def previewed() -> ResponseReturnValue:
    """``POST /entities/preview``: a preview that the embedding page has made, a widget as JSON.

    Raises:
        InvalidRequest: the body is no widget that a preview can be.
    """
    try:
        widget = BasicRoot.model_validate_json(await request.get_data())
    except ValidationError:
        raise InvalidRequest("This is no widget that can be a preview.") from None
    html = _shown(widget)
    return Response(html, headers={"HX-Push-Url": "false"}, content_type="text/html")


async def _offered() -> tuple[Entities, Any]:
    host = current_host()
    offered = entities_of(await host.server())
    if offered is None:
        raise NotSupported("This chat knows nothing that could be mentioned.")
    return offered, await host.context(request)


def _described(entity_id: str) -> Entity:
    arguments = request.args
    try:
        return Entity(
            id=entity_id,
            title=arguments.get("title", entity_id),
            group=arguments.get("group"),
            data=json.loads(arguments.get("data", "{}")),
        )
    except (ValueError, ValidationError, RecursionError):
        raise InvalidRequest("This describes nothing that can be previewed.") from None


def _shown(widget: BaseModel) -> Markup:
    """Render a preview; nothing can be done in it, so that its forms lead nowhere."""
    return render_widget(widget, "preview", "#", "preview-form")


def _grouped(found: list[Entity]) -> tuple[EntityGroup, ...]:
    groups: dict[str, list[EntityView]] = {}
    for entity in found:
        groups.setdefault(entity.group or "", []).append(_view(entity))
    return tuple(EntityGroup(name, tuple(views)) for name, views in groups.items())


def _view(entity: Entity) -> EntityView:
    shown = ""
    if entity.interactive:
        shown = entity_preview_url(entity.id, entity.title, entity.group, entity.data)
    return EntityView(entity.id, entity.title, icon(entity.icon), shown)
