// Widgets: a change that sends an action sends it at once, what is at work shows it, and actions
// for the browser become events, `chatkit.action`, with what ChatKit's client hands to `onAction`.
(() => {
  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

  document.addEventListener("change", ({ target }) => {
    if (!target.matches("[data-submit-on-change]")) return;
    target.closest("[data-widget]").querySelector(":scope > .w-apply")?.click();
  });

  document.addEventListener("focusin", ({ target }) => {
    if (target.matches("[data-select]")) target.select();
  });

  // A field that comes with an answer may ask for the focus; it is not taken from who writes.
  const seen = new WeakSet();
  const focusNew = (mayFocus) => {
    for (const field of document.querySelectorAll("[data-autofocus]")) {
      if (mayFocus && !seen.has(field) && !document.activeElement?.value) field.focus();
      seen.add(field);
    }
  };
  focusNew(false);
  document.addEventListener("htmx:after:swap", () => focusNew(true));

  // What a field holds, as the server would read it.
  const valueOf = (field) => {
    if (field.type === "checkbox") return field.checked;
    if (field.type === "select-multiple") return [...field.selectedOptions].map((one) => one.value);
    const text = field.matches("textarea, input:not([type=date])");
    return text ? field.value : field.value || null;
  };

  const valuesOf = (fields) => {
    const values = {};
    for (const field of fields) {
      if (!field.name || field.matches("button, fieldset, :disabled")) continue;
      if (field.type !== "radio") values[field.name] = valueOf(field);
      else if (field.checked) values[field.name] = field.value;
      else values[field.name] ??= null;
    }
    return values;
  };

  // Names with dots nest, as on the server; a payload that is no object stays as it is.
  const merged = (payload, values) => {
    if (!Object.keys(values).length || (payload !== null && !isObject(payload))) return payload;
    const result = { ...payload };
    for (const [name, value] of Object.entries(values)) {
      const steps = name.split(".");
      if (steps.includes("__proto__")) continue;
      const last = steps.pop();
      let into = result;
      for (const step of steps) {
        const inner = Object.hasOwn(into, step) && isObject(into[step]) ? into[step] : {};
        into = into[step] = { ...inner };
      }
      into[last] = value;
    }
    return result;
  };

  const fieldsOf = (button) => {
    if (button.dataset.values === "form") return button.form.elements;
    if (button.dataset.values !== "own") return [];
    return button.closest("[data-widget]").querySelectorAll("input, select, textarea");
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-client-action]");
    if (!button) return;
    event.preventDefault();
    if (button.type === "submit" && !button.formNoValidate && !button.form.reportValidity()) return;
    const action = JSON.parse(button.dataset.clientAction);
    action.payload = merged(action.payload, valuesOf(fieldsOf(button)));
    const detail = { action, itemId: button.closest("[data-item-id]")?.dataset.itemId };
    button.dispatchEvent(new CustomEvent("chatkit.action", { bubbles: true, detail }));
  });

  // Deep links are for the page that hosts the chat, not for the browser.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-deeplink]");
    if (!link) return;
    event.preventDefault();
    const address = new URL(link.dataset.deeplink);
    const detail = { name: address.host, data: Object.fromEntries(address.searchParams) };
    link.dispatchEvent(new CustomEvent("chatkit.deeplink", { bubbles: true, detail }));
  });

  // What was pressed, or all around it, is at work until its answer is complete.
  const busy = new Map(); // the element at work -> the form that was sent, until it is answered
  const isRunning = () => document.getElementById("turn")?.dataset.turn === "running";

  const rest = (element) => {
    busy.delete(element);
    element.removeAttribute("aria-busy");
  };

  const placeOf = (button) => {
    if (button.dataset.loading === "container") {
      return button.closest("[data-item-id]")?.querySelector("[data-widget]") ?? button;
    }
    return button.matches(".w-press, .w-apply") ? button.closest("[data-widget]") : button;
  };

  document.addEventListener("submit", ({ target, submitter }) => {
    if (!submitter?.dataset.loading) return;
    const element = placeOf(submitter);
    busy.set(element, target);
    element.ariaBusy = "true";
  });
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    for (const [element, form] of busy) {
      if (form !== ctx.sourceElement) continue;
      const sync = element.matches("[data-sync]") || element.querySelector("[data-sync]");
      if (sync || !(ctx.response?.status < 400)) rest(element);
      else busy.set(element, null);
    }
  });
  document.addEventListener("htmx:error", ({ target }) => {
    for (const [element, form] of busy) if (form === target) rest(element);
  });
  document.addEventListener("htmx:after:swap", () => {
    for (const [element, form] of busy) {
      if (form) continue;
      if (isRunning() && element.isConnected) element.ariaBusy = "true";
      else rest(element);
    }
  });
})();
