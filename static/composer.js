// The composer: Enter sends, drafts survive, files can be pasted, dropped and taken back.
(() => {
  const form = () => document.querySelector("form[data-composer]");
  const draftOf = (composer) => `draft ${composer.getAttribute("action")}`;
  const grows = CSS.supports("field-sizing", "content");
  let shown = ""; // whose draft the field holds
  let sent = null; // the text that is on its way
  let moving = false; // whether a first message leads from the start page to its thread

  const fit = (field) => {
    if (grows) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  };

  // Not where it would bring a keyboard up on the screen.
  const focus = () => {
    if (matchMedia("(hover: hover)").matches) form()?.elements.text.focus({ preventScroll: true });
  };

  const keep = (composer) => {
    const text = composer.elements.text.value;
    if (text) sessionStorage.setItem(draftOf(composer), text);
    else sessionStorage.removeItem(draftOf(composer));
  };

  const listFiles = (composer) => {
    const input = composer.elements.file;
    const rows = [...input.files].map((file, index) => {
      const row = document.createElement("li");
      const remove = document.createElement("button");
      remove.type = "button";
      remove.textContent = "×";
      remove.setAttribute("aria-label", `Remove ${file.name}`);
      remove.addEventListener("click", () =>
        setFiles(composer, [...input.files].toSpliced(index, 1)),
      );
      row.append(file.name, remove);
      return row;
    });
    composer.querySelector("[data-chosen]").replaceChildren(...rows);
  };

  const setFiles = (composer, files) => {
    const carrier = new DataTransfer();
    for (const file of files) carrier.items.add(file);
    composer.elements.file.files = carrier.files;
    listFiles(composer);
  };

  const addFiles = (composer, files) =>
    setFiles(composer, [...composer.elements.file.files, ...files]);

  // Another thread's page has the same field: show that thread's own draft in it.
  const arrive = () => {
    const composer = form();
    if (!composer) return;
    if (moving) {
      moving = false;
      shown = draftOf(composer);
      keep(composer);
    } else if (draftOf(composer) !== shown) {
      shown = draftOf(composer);
      const draft = sessionStorage.getItem(shown);
      if (draft !== null || composer.elements.text.value) composer.elements.text.value = draft ?? "";
      setFiles(composer, []);
    }
    fit(composer.elements.text);
  };

  document.addEventListener("input", ({ target }) => {
    const composer = target.closest("form[data-composer]");
    if (!composer || target !== composer.elements.text) return;
    fit(target);
    keep(composer);
  });
  document.addEventListener("change", ({ target }) => {
    const composer = target.closest("form[data-composer]");
    if (composer && target === composer.elements.file) listFiles(composer);
  });
  document.addEventListener("keydown", (event) => {
    const composer = event.target.closest("form[data-composer]");
    if (!composer || event.target !== composer.elements.text) return;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    composer.querySelector("button.send")?.click();
  });
  // The second click of a double click on Send must not hit the Stop that took its place.
  document.addEventListener(
    "click",
    (event) => {
      if (event.detail > 1 && event.target.closest("[data-stop]")) event.preventDefault();
    },
    true,
  );
  document.addEventListener("paste", (event) => {
    const composer = event.target.closest("form[data-composer]");
    if (!composer || !event.clipboardData.files.length) return;
    event.preventDefault();
    addFiles(composer, event.clipboardData.files);
  });
  document.addEventListener("dragover", (event) => {
    if (form() && event.dataTransfer.types.includes("Files")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!form() || !event.dataTransfer.files.length) return;
    event.preventDefault();
    addFiles(form(), event.dataTransfer.files);
  });

  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (ctx.sourceElement === form()) sent = form().elements.text.value;
  });
  // What was sent leaves the field; what was typed meanwhile stays, and after a refusal all of it.
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    const composer = form();
    if (sent === null || ctx.sourceElement !== composer || ctx.response.status >= 400) return;
    const field = composer.elements.text;
    if (field.value.startsWith(sent)) field.value = field.value.slice(sent.length);
    sent = null;
    moving = true;
    setFiles(composer, []);
    sessionStorage.removeItem(draftOf(composer));
    focus();
  });
  document.addEventListener("htmx:after:swap", arrive);
  arrive();
  focus();
})();
