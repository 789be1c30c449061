// Lists beside the composer's field, of mentions and of commands: they are walked with the keys
// while the field keeps the focus. Whose list it is hears `listing:active` and `listing:choose`, with
// the option, and `listing:close`; it says `listing:shown` when what is listed has changed.
(() => {
  const OPTION = "[role=listbox] [role=option]";
  const form = () => document.querySelector("form[data-composer]");
  const field = () => form()?.elements.text;
  const open = () => form()?.querySelector("[role=listbox]:not([hidden])");
  const options = (list) => [...list.querySelectorAll("[role=option]")];
  const tell = (list, name, option) =>
    list.dispatchEvent(new CustomEvent(`listing:${name}`, { bubbles: true, detail: option }));

  const activate = (list, option) => {
    for (const other of options(list)) other.setAttribute("aria-selected", other === option);
    field().setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
    tell(list, "active", option);
  };

  const walk = (key, list) => {
    if (key === "Escape") return tell(list, "close");
    const found = options(list);
    const at = found.findIndex(({ ariaSelected }) => ariaSelected === "true");
    if (!found.length) return false;
    if (key === "ArrowDown") activate(list, found[(at + 1) % found.length]);
    else if (key === "ArrowUp") activate(list, found.at(at - 1));
    else if (key === "Enter" || key === "Tab") tell(list, "choose", found[at]);
    else return false;
    return true;
  };

  document.addEventListener(
    "keydown",
    (event) => {
      const list = event.target === field() && open();
      if (!list || event.isComposing || event.keyCode === 229) return;
      if ((event.key === "Enter" && event.shiftKey) || walk(event.key, list) === false) return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
  document.addEventListener("mousedown", (event) => {
    if (form()?.contains(event.target.closest(OPTION))) event.preventDefault(); // the field keeps the focus
  });
  document.addEventListener("click", ({ target }) => {
    const option = target.closest(OPTION);
    if (form()?.contains(option)) tell(option.closest("[role=listbox]"), "choose", option);
  });
  document.addEventListener("listing:shown", ({ target }) => {
    const [first] = options(target);
    if (first) activate(target, first);
  });
})();
