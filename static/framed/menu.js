// The menu of commands that a "/" in an otherwise empty field opens. The commands are those of the
// page around and the tools of the composer; what a command of the page means, that page says.
(() => {
  const QUERY = /^\/([^\n]{0,100})$/;
  const TOOL = "tool:"; // before the id of one of the composer's own
  const form = () => document.querySelector("form[data-composer]");
  const field = () => form()?.elements.text;
  const place = () => form()?.querySelector("[data-commands]");
  const list = () => place()?.querySelector("[role=listbox]");
  const options = () => [...list().querySelectorAll("[role=option]")];
  let commands = new Map(); // those that are listed, by id
  let asked = 0;
  let chosen = null; // the menu that a command has opened, in place of the search

  const query = () => (embedder.settings?.hasCommands ? QUERY.exec(field()?.value ?? "")?.[1] : undefined);
  const isOpen = () => !!place() && !list().hidden;

  const close = () => {
    asked++;
    chosen = null;
    place()?.remove();
    if (embedder.has("entities.onTagSearch")) field()?.setAttribute("aria-controls", "mentions");
    else field()?.removeAttribute("aria-controls");
    field()?.removeAttribute("aria-activedescendant");
  };

  const tools = (text) =>
    [...form().querySelectorAll("input[name=tool]:not([value=''])")]
      .map((radio) => ({
        id: TOOL + radio.value,
        label: radio.getAttribute("aria-label") ?? radio.closest("label").textContent.trim(),
      }))
      .filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()));

  const found = async (text) => {
    const own = embedder.has("commands.onSearch") ? await embedder.ask("commands.onSearch", text) : [];
    return [...tools(text), ...(own ?? [])];
  };

  const show = async (given) => {
    const turn = ++asked;
    const listed = await given;
    if (turn !== asked || !field()) return;
    commands = new Map(listed.map((command) => [command.id, command]));
    const rows = listed.map(({ id, label, icon, group }) => ({ id, title: label, icon, group }));
    const response = await embedder.listed(rows);
    const text = await response.text();
    if (turn !== asked || !field()) return;
    if (!place()) form().prepend(made());
    const target = list();
    await htmx.swap({ target, swap: "innerHTML", text, sourceElement: target });
    for (const option of options()) {
      option.id = `command-${option.id}`;
      const { description } = commands.get(option.dataset.id) ?? {};
      const note = document.createElement("small");
      note.textContent = description ?? "";
      if (description) option.append(note);
    }
    field().setAttribute("aria-controls", "commands");
    target.dispatchEvent(new Event("listing:shown", { bubbles: true }));
  };

  const made = () => {
    const menu = Object.assign(document.createElement("div"), { className: "mentions" });
    menu.dataset.commands = "";
    const rows = Object.assign(document.createElement("ul"), { id: "commands", role: "listbox" });
    rows.setAttribute("aria-label", document.getElementById("words").dataset.commands);
    menu.append(rows);
    return menu;
  };

  const write = (value) => {
    field().value = value;
    field().dispatchEvent(new Event("input", { bubbles: true }));
    field().focus({ preventScroll: true });
  };

  const choose = async (option) => {
    const command = commands.get(option.dataset.id);
    if (command.id.startsWith(TOOL)) {
      close();
      write("");
      return embedder.choose("tool", command.id.slice(TOOL.length));
    }
    try {
      const selection = embedder.has("commands.onSelect") && (await embedder.ask("commands.onSelect", command));
      if (selection?.type === "menu") {
        chosen = selection.commands;
        return await show(chosen);
      }
      close();
      if (selection?.type === "entity") embedder.mention(selection.entity);
      else write("");
    } catch (error) {
      close();
      embedder.fail(error.message);
    }
  };

  document.addEventListener("input", ({ target }) => {
    if (target !== field() || !embedder.settings) return;
    const text = query();
    if (text === undefined) return isOpen() && close();
    const matching = chosen?.filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()));
    show(matching ?? found(text)).catch((error) => embedder.fail(error.message));
  });
  for (const [name, act] of [["choose", choose], ["close", close]]) {
    document.addEventListener(`listing:${name}`, ({ target, detail }) => target === list() && act(detail));
  }
  document.addEventListener("click", ({ target }) => {
    if (isOpen() && target !== field() && !list().contains(target)) close();
  });
  document.addEventListener("composer:sent", () => isOpen() && close());
})();
