// The choices of a Select that can be searched: what is typed beside it leaves only those with these
// words, Enter chooses the first of them, the arrow keys lead to the list.
(() => {
  const words = document.getElementById("words").dataset;
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const selectOf = (filter) => document.getElementById(filter.dataset.filter);

  const fits = (option, wanted) => {
    const parts = folded(option.text).split(/[^\p{L}\p{N}]+/u);
    return wanted.every((word) => parts.some((part) => part.startsWith(word)));
  };

  // What is chosen stays in the list, as does the way to choose nothing.
  const filter = (field) => {
    const wanted = folded(field.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    const found = [];
    for (const option of selectOf(field).options) {
      const fitting = fits(option, wanted);
      option.hidden = !fitting && !option.selected && option.value !== "";
      if (fitting && option.value !== "" && !option.disabled) found.push(option);
    }
    return wanted.length ? found : [];
  };

  const clear = (field) => {
    field.value = "";
    filter(field);
  };

  const choose = (field, option) => {
    option.selected = true;
    clear(field);
    const select = selectOf(field);
    select.focus();
    select.dispatchEvent(new Event("input", { bubbles: true }));
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };

  document.addEventListener("input", ({ target }) => {
    if (!target.matches("[data-filter]")) return;
    const found = filter(target);
    const said = target.value ? words.found.replace("{number}", found.length) : "";
    document.getElementById("announcement").textContent = said;
  });
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!field.matches?.("[data-filter]") || event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape" && field.value) clear(field);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") selectOf(field).focus();
    else if (event.key !== "Enter") return;
    else if (filter(field)[0]) choose(field, filter(field)[0]);
    event.preventDefault(); // Enter chooses; it must not send
    event.stopPropagation();
  });
  document.addEventListener("change", ({ target }) => {
    if (!target.matches("select[id]")) return;
    const field = document.querySelector(`[data-filter="${CSS.escape(target.id)}"]`);
    if (field?.value) clear(field);
  });
})();
