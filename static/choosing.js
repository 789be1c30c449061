// Tools and models: what is chosen is seen on its button, and a tool leaves after its message.
(() => {
  const form = () => document.querySelector("form[data-composer]");
  const radios = (name) => [...(form()?.querySelectorAll(`input[name=${name}]`) ?? [])];
  const chosen = (name) => radios(name).find(({ checked }) => checked);
  let told = ""; // the tool that the page last heard of

  const show = () => {
    const field = form()?.elements.text;
    if (!field) return;
    for (const menu of form().querySelectorAll("[data-choosing]")) {
      const choice = menu.querySelector("input:checked");
      menu.querySelector("[data-chosen-name]").textContent = choice?.dataset.short ?? "";
      menu.classList.toggle("chosen-one", !!choice?.value);
    }
    const tool = chosen("tool");
    if (tool) field.placeholder = tool.dataset.placeholder;
    if ((tool?.value ?? "") === told) return;
    told = tool?.value ?? "";
    const detail = { toolId: told || null };
    form().dispatchEvent(new CustomEvent("chatkit.tool.change", { bubbles: true, detail }));
  };

  const choose = (name, value) => {
    const choice = radios(name).find((radio) => radio.value === value && !radio.disabled);
    if (choice) choice.checked = true;
  };

  const done = (choice) => {
    choice.closest("details")?.removeAttribute("open");
    form().elements.text.focus({ preventScroll: true });
  };

  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-composer] [name=tool], [data-composer] [name=model]")) show();
  });
  // A pinned tool that is chosen already is given back; the keyboard does so with the space bar.
  let before = null;
  document.addEventListener("pointerdown", () => (before = chosen("tool")));
  document.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-composer] input[type=radio]");
    if (!choice) return;
    if (choice.closest(".pinned") && choice === before) choose("tool", "");
    before = null;
    show();
    if (event.detail || event.pointerType) done(choice);
  });
  document.addEventListener(
    "keydown",
    (event) => {
      const choice = event.target;
      if (!choice.matches?.("[data-composer] input[type=radio]")) return;
      if (event.key === " " && choice.checked && choice.closest(".pinned")) choose("tool", "");
      else if (event.key !== "Enter") return;
      event.preventDefault(); // Enter chooses; it must not send
      show();
      if (event.key === "Enter") done(choice);
    },
    true,
  );

  document.addEventListener("composer:restore", () => {
    choose("tool", form().dataset.tool);
    choose("model", form().dataset.model);
  });
  document.addEventListener("composer:sent", () => {
    if (chosen("tool") && !("persistent" in chosen("tool").dataset)) choose("tool", "");
  });
  document.addEventListener("composer:shown", show);
})();
