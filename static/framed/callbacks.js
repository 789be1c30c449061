// What the page around does itself: client tools, actions of widgets, entities, header buttons.
(() => {
  const known = new Map(); // entities that were found, by id

  // Entities are found and described by the page around; the server only renders them.
  const rendered = (path, data) =>
    fetch(`${embedder.base}${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(data),
    });

  embedder.listed = (entities) => rendered("entities", entities.map(described));

  const nothing = () => new Response("", { headers: { "Content-Type": "text/html", "HX-Push-Url": "false" } });

  const found = async (query) => {
    const entities = await embedder.ask("entities.onTagSearch", query);
    for (const entity of entities ?? []) known.set(entity.id, entity);
    return embedder.listed(entities ?? []);
  };

  // An entity with the fields that the server knows, of the types that it expects.
  const described = ({ id, title, icon, interactive, group, data }) => ({
    id,
    title,
    icon: icon ?? null,
    group: group ?? null,
    interactive: !!interactive && embedder.has("entities.onRequestPreview"),
    data: Object.fromEntries(Object.entries(data ?? {}).map(([key, value]) => [key, String(value)])),
  });

  const preview = async (entity) => {
    const { preview: widget } = (await embedder.ask("entities.onRequestPreview", entity)) ?? {};
    return widget ? rendered("entities/preview", widget) : nothing();
  };

  const PREVIEW = /entities\/([^/]+)\/preview$/;
  embedder.instead = async (path, { method = "GET" }) => {
    const { pathname, searchParams } = new URL(path, location.origin);
    if (method !== "GET") return null;
    try {
      if (pathname === `${embedder.base}entities` && searchParams.has("list")) {
        return await found(searchParams.get("q") ?? "");
      }
      const id = PREVIEW.exec(pathname)?.[1];
      const entity = id && known.get(decodeURIComponent(id));
      return entity ? await preview(entity) : null;
    } catch (error) {
      embedder.fail(error.message);
      return nothing();
    }
  };

  // A message's text with its mentions as the protocol has them: tags with what the page around
  // knows of them.
  embedder.content = () => {
    const detail = { content: null };
    document.dispatchEvent(new CustomEvent("composer:content", { detail }));
    return detail.content?.map((part) => {
      if (part.type !== "input_tag") return part;
      const { group, data = {}, interactive = false } = known.get(part.id) ?? {};
      return { ...part, data, interactive, ...(group && { group }) };
    });
  };
  embedder.know = (tags) => {
    for (const { id, text, group, data, interactive } of tags) {
      if (!known.has(id)) known.set(id, { id, title: text, group, data, interactive });
    }
  };

  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    if (!ctx.sourceElement.matches("form[data-composer]")) return;
    const content = embedder.content();
    if (content) ctx.request.body.set("content", JSON.stringify(content));
  });

  document.addEventListener("chatkit.entity", (event) => {
    if (!embedder.has("entities.onClick")) return;
    event.preventDefault();
    embedder.ask("entities.onClick", known.get(event.detail.id) ?? event.detail).catch(refused);
  });

  // What is shown of an entity in a message is what the page around says about it.
  const asked = new WeakSet();
  document.addEventListener("pointerover", async ({ target }) => {
    const chip = target.closest?.("details[data-entity]");
    if (!chip || asked.has(chip) || !embedder.has("entities.onRequestPreview")) return;
    asked.add(chip);
    const entity = JSON.parse(chip.dataset.entity);
    const response = await preview(known.get(entity.id) ?? entity).catch(nothing);
    const text = response.ok ? await response.text() : "";
    if (!text) return;
    const target_ = chip.querySelector("[data-preview]");
    await htmx.swap({ target: target_, swap: "innerHTML", text, sourceElement: target_ });
    chip.open = chip.matches(":hover");
    chip.addEventListener("pointerleave", () => (chip.open = false));
  });

  document.addEventListener("click", ({ target }) => {
    const side = target.closest("[data-header-action]")?.dataset.headerAction;
    if (side) embedder.ask(`header.${side}Action.onClick`).catch(refused);
  });

  const refused = (error) => embedder.fail(error.message);

  document.addEventListener("chatkit.action", async ({ detail: { action, itemId } }) => {
    if (!embedder.has("widgets.onAction")) return;
    try {
      const item = await fetch(`${location.pathname}/items/${encodeURIComponent(itemId)}`);
      const { id, widget } = await item.json();
      await embedder.ask("widgets.onAction", action, { id, widget });
    } catch (error) {
      refused(error);
    }
  });

  // A tool that fails is a result, too: the answer goes on and can say so.
  document.addEventListener("chatkit.client_tool", (event) => {
    const { detail } = event;
    if (!embedder.has("onClientTool") && detail.known) return;
    event.preventDefault();
    detail.result = embedder
      .ask("onClientTool", { name: detail.name, params: detail.params })
      .catch(({ message }) => {
        refused({ message });
        return { error: message };
      });
  });
})();
