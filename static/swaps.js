// What htmx lacks for this page, as an extension of it.
(() => {
  const words = document.getElementById("words").dataset;
  const { base } = document.documentElement.dataset;
  let api;
  const toggled = new WeakSet(); // the details elements that the reader opened or closed

  // Morph what is there already, append what is not.
  const upsert = (target, fragment) =>
    [...fragment.children].map((fresh) => {
      const shown = fresh.id && document.getElementById(fresh.id);
      if (!shown) {
        target.append(fresh);
        return fresh;
      }
      const alone = document.createDocumentFragment();
      alone.append(fresh);
      api.morph(shown, alone, false);
      return shown;
    });

  const clearAlerts = () => document.getElementById("alerts").replaceChildren();

  const alertReader = (sentence) => {
    const notice = document.createElement("p");
    notice.className = "notice danger";
    notice.role = "alert";
    notice.textContent = sentence;
    document.getElementById("alerts").replaceChildren(notice);
  };

  htmx.registerExtension("page", {
    init: (internal) => {
      api = internal;
    },
    // Where another application or server begins, a page of its own does.
    htmx_before_init: (element) =>
      !element.matches("a[href]") || (element.pathname?.startsWith(`${base}/`) ?? true),
    handle_swap: (style, target, fragment) => style === "upsert" && upsert(target, fragment),
    // What the reader opened stays open when its item changes.
    htmx_before_morph_attr: (element, { attrName }) =>
      !(attrName === "open" && toggled.has(element)),
    htmx_before_request: (element) => {
      if (element.matches("form, a")) clearAlerts();
    },
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("#alerts")) clearAlerts();
    const summary = event.target.closest("summary");
    if (summary) toggled.add(summary.parentElement);
    for (const open of document.querySelectorAll("details.pop[open]")) {
      if (!open.contains(event.target)) open.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    clearAlerts();
    const open = document.querySelector("details:is(.pop, .item-image)[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    const used = ctx.response.status < 400 && ctx.sourceElement.closest("details.pop");
    if (used) used.open = false;
  });
  // Other scripts have something to say as well.
  document.addEventListener("page:alert", ({ detail }) => alertReader(detail));
  document.addEventListener("htmx:error", ({ target, detail }) => {
    if (detail.ctx?.request?.method && target.matches("form, a")) {
      alertReader(words.unreachablePage);
    }
  });
})();
