// "Ask about this": a selected passage of an answer is quoted by the next message.
(() => {
  const LONGEST = 5000; // characters of a passage
  const form = () => document.querySelector("form[data-composer]");
  const field = () => form()?.elements.quoted_text;
  const changed = () => document.dispatchEvent(new Event("composer:changed"));
  const words = document.getElementById("words").dataset;
  const offer = Object.assign(document.createElement("button"), {
    type: "button",
    className: "ask",
    hidden: true,
    textContent: words.ask,
  });
  let passage = "";

  const show = () => {
    const place = form()?.querySelector("[data-quoted]");
    if (!place) return;
    const text = field()?.value;
    if (!text) return place.replaceChildren();
    const quote = Object.assign(document.createElement("blockquote"), { textContent: text });
    const remove = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
    remove.setAttribute("aria-label", words.removeQuote);
    remove.addEventListener("click", () => quoted(""));
    place.replaceChildren(quote, remove);
  };

  const quoted = (text) => {
    if (!field()) return;
    field().value = text;
    show();
    changed();
    form().elements.text.focus({ preventScroll: true });
  };

  // Only what lies within one answer can be asked about.
  const answerOf = (node) =>
    (node?.nodeType === 1 ? node : node?.parentElement)?.closest("article.assistant_message .markdown");

  const follow = () => {
    if (document.activeElement === offer) return;
    const selection = getSelection();
    const answer = answerOf(selection.anchorNode);
    passage = answer && answer === answerOf(selection.focusNode) ? String(selection).trim() : "";
    offer.hidden = !passage || !field() || form().hidden;
    if (offer.hidden) return;
    const box = selection.getRangeAt(0).getBoundingClientRect();
    const left = Math.min(Math.max(box.left, 8), innerWidth - offer.offsetWidth - 8);
    offer.style.left = `${left + scrollX}px`;
    offer.style.top = `${box.bottom + scrollY + 6}px`;
  };

  document.body.append(offer);
  document.addEventListener("selectionchange", follow);
  offer.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the selection
  offer.addEventListener("click", () => {
    const text = passage.slice(0, LONGEST);
    getSelection().removeAllRanges();
    offer.hidden = true;
    quoted(text);
  });

  document.addEventListener("composer:keep", ({ detail }) => {
    if (field()?.value) detail.quote = field().value;
  });
  document.addEventListener("composer:restore", ({ detail }) => {
    if (field()) field().value = detail.quote ?? "";
    show();
  });
  document.addEventListener("composer:sent", () => {
    if (field()) field().value = "";
    show();
  });
  document.addEventListener("composer:shown", show);
})();
