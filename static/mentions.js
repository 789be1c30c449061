// @-mentions: what the server finds is listed while one types, and chosen with the keyboard.
(() => {
  const QUERY = /(?:^|[^\w@])@((?:[^\s@]+(?: [^\s@]+){0,2} ?)?)$/;
  const PAUSE = 120; // milliseconds before a preview is asked for
  const form = () => document.querySelector("form[data-composer]");
  const field = () => form()?.elements.text;
  const place = () => form()?.querySelector("[data-mentions]");
  const list = () => place()?.querySelector("[role=listbox]");
  const preview = () => place()?.querySelector("#mention-preview");
  const options = () => [...list().querySelectorAll("[role=option]")];
  const { base } = document.documentElement.dataset;
  const words = document.getElementById("words").dataset;
  let mentions = []; // {id, title} of what was chosen
  let wanted = null; // the query that is to be shown
  let asked = null; // the query that is being asked for
  let previewing = false;
  let timer = 0;

  const query = () => {
    const { value, selectionStart: at, selectionEnd } = field();
    return at === selectionEnd ? (QUERY.exec(value.slice(0, at))?.[1] ?? null) : null;
  };

  const close = () => {
    wanted = null;
    if (!place()) return;
    list().hidden = preview().hidden = true;
    field().removeAttribute("aria-activedescendant");
  };

  const previewSoon = (option) => {
    clearTimeout(timer);
    preview().hidden = true;
    if (option.dataset.preview) timer = setTimeout(showPreview, PAUSE, option);
  };

  const showPreview = async (option) => {
    if (previewing) return;
    previewing = true;
    const target = preview();
    await htmx.ajax("GET", option.dataset.preview, { source: target, target, swap: "innerHTML" });
    previewing = false;
    if (!place() || list().hidden) return;
    const now = options().find(({ ariaSelected }) => ariaSelected === "true");
    if (now === option) preview().hidden = !preview().hasChildNodes();
    else if (now?.dataset.preview) showPreview(now);
  };

  const show = () => {
    list().hidden = false;
    const found = options();
    document.getElementById("announcement").textContent = words.found.replace("{number}", found.length);
    preview().hidden = true;
    list().dispatchEvent(new Event("listing:shown", { bubbles: true }));
  };

  // One question at a time; of those that come up meanwhile only the newest is asked.
  const ask = async () => {
    if (asked !== null || wanted === null) return;
    asked = wanted;
    const address = `${base}/entities?list&q=${encodeURIComponent(asked.trim())}`;
    try {
      await htmx.ajax("GET", address, { source: list(), target: list(), swap: "innerHTML" });
    } finally {
      const answered = asked;
      asked = null;
      if (wanted === answered && place()) show();
      else ask();
    }
  };

  const look = () => {
    paint();
    const now = query();
    if (now === null || (now.endsWith(" ") && mentions.some(({ title }) => title === now.trim()))) {
      return close();
    }
    wanted = now;
    ask();
  };

  const choose = (option) => {
    const { id, title } = option.dataset;
    const at = field().selectionStart;
    const start = at - query().length;
    if (!mentions.some((mention) => mention.id === id)) mentions.push({ id, title });
    field().setRangeText(`${title} `, start, at, "end");
    close();
    paint();
    document.dispatchEvent(new Event("composer:changed"));
    field().focus({ preventScroll: true });
  };

  // Where the mentions stand in the text, in order.
  const places = () => {
    const text = field().value;
    const found = [];
    for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
      const titles = mentions.filter(({ title }) => text.startsWith(title, at + 1));
      const longest = titles.sort((one, other) => other.title.length - one.title.length)[0];
      if (longest) found.push({ start: at, end: at + 1 + longest.title.length, mention: longest });
    }
    return found;
  };

  // Chips: the same text behind the field, with a mark under every mention.
  const paint = () => {
    const backdrop = form()?.querySelector("[data-backdrop]");
    if (!backdrop) return;
    const text = field().value;
    if (!text) return backdrop.replaceChildren();
    let done = 0;
    const pieces = [];
    const sent = new Map();
    for (const { start, end, mention } of places()) {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      pieces.push(text.slice(done, start), mark);
      sent.set(mention.id, mention);
      done = end;
    }
    const fields = [...sent.values()].map((mention) =>
      Object.assign(document.createElement("input"), {
        type: "hidden",
        name: "mention",
        value: JSON.stringify(mention),
      }),
    );
    backdrop.replaceChildren(...pieces, `${text.slice(done)}\n`, ...fields);
    backdrop.scrollTop = field().scrollTop;
  };

  document.addEventListener("input", ({ target }) => target === field() && place() && look());
  document.addEventListener("scroll", ({ target }) => target === field() && paint(), true);
  // A mention is deleted as a whole.
  document.addEventListener("beforeinput", (event) => {
    if (event.target !== field() || event.inputType !== "deleteContentBackward") return;
    const { selectionStart: at, selectionEnd } = field();
    const chip = at === selectionEnd && places().find(({ end }) => end === at);
    if (chip) field().setSelectionRange(chip.start, chip.end);
  });
  for (const [name, act] of [["active", previewSoon], ["choose", choose], ["close", close]]) {
    document.addEventListener(`listing:${name}`, ({ target, detail }) => target === list() && act(detail));
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-mentions] [role=option]")) return;
    if (!event.target.closest("[data-mention]")) return event.target === field() || close();
    const before = field().value.slice(0, field().selectionStart);
    field().focus({ preventScroll: true });
    field().setRangeText(/\S$/.test(before) ? " @" : "@", field().selectionStart, field().selectionEnd, "end");
    look();
    document.dispatchEvent(new Event("composer:changed"));
  });

  // The text with its mentions, as the protocol has them.
  document.addEventListener("composer:content", ({ detail }) => {
    const found = place() ? places() : [];
    if (!found.length) return;
    const text = field().value;
    let done = 0;
    detail.content = [];
    const say = (piece) => piece && detail.content.push({ type: "input_text", text: piece });
    for (const { start, end, mention } of found) {
      say(text.slice(done, start));
      detail.content.push({ type: "input_tag", id: mention.id, text: mention.title });
      done = end;
    }
    say(text.slice(done));
  });
  document.addEventListener("composer:keep", ({ detail }) => {
    if (place() && places().length) detail.mentions = places().map(({ mention }) => mention);
  });
  document.addEventListener("composer:restore", ({ detail }) => {
    mentions = detail.mentions ?? [];
    close();
  });
  document.addEventListener("composer:sent", close);
  document.addEventListener("composer:shown", paint);
})();
