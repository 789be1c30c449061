// The composer: Enter sends, the field grows, drafts survive. What else a message brings is
// the business of other scripts; they hear of it by events of the document:
//   composer:keep     put what you have into `detail`, the draft that is kept
//   composer:restore  show what the draft in `detail` has; an empty one clears everything
//   composer:sending  this is sent now;  composer:sent  it has arrived
//   composer:shown    the composer may have been rendered anew
// and say `composer:changed` when there is something new to keep.
(() => {
  class Drafts extends Map {
    getItem = (name) => this.get(name) ?? null;
    setItem = (name, draft) => this.set(name, draft);
    removeItem = (name) => this.delete(name);
  }

  const form = () => document.querySelector("form[data-composer]");
  // In a frame of another page they live as long as that: its frames do not know each other.
  const drafts = "framed" in document.documentElement.dataset ? new Drafts() : localStorage;
  const draftOf = (composer) => `draft ${composer.getAttribute("action")}`;
  const grows = CSS.supports("field-sizing", "content");
  const tell = (what, detail) => document.dispatchEvent(new CustomEvent(`composer:${what}`, { detail }));
  let shown = ""; // whose draft the composer holds
  let sent = null; // the text that is on its way
  let moving = false; // whether a first message leads from the start page to its thread
  let renewed = false; // whether a swap concerns the composer: most are of a growing answer

  const fit = (field) => {
    if (grows) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  };

  // Not where it would bring a keyboard up on the screen.
  const focus = () => {
    if (matchMedia("(hover: hover)").matches) form()?.elements.text.focus({ preventScroll: true });
  };

  const keep = () => {
    const composer = form();
    if (!composer) return;
    const draft = {};
    if (composer.elements.text.value) draft.text = composer.elements.text.value;
    tell("keep", draft);
    if (Object.keys(draft).length) drafts.setItem(draftOf(composer), JSON.stringify(draft));
    else drafts.removeItem(draftOf(composer));
  };

  const kept = (name) => {
    try {
      return JSON.parse(drafts.getItem(name)) ?? {};
    } catch {
      return {};
    }
  };

  // Another thread's page has the same composer: show that thread's own draft in it.
  const arrive = () => {
    const composer = form();
    if (!composer) return;
    if (moving) {
      moving = false;
      shown = draftOf(composer);
      keep();
    } else if (draftOf(composer) !== shown) {
      shown = draftOf(composer);
      const draft = kept(shown);
      composer.elements.text.value = draft.text ?? "";
      tell("restore", draft);
    }
    tell("shown");
    fit(composer.elements.text);
  };

  document.addEventListener("input", ({ target }) => {
    if (target !== form()?.elements.text) return;
    fit(target);
    keep();
  });
  document.addEventListener("composer:changed", () => {
    fit(form().elements.text);
    keep();
  });
  document.addEventListener("keydown", (event) => {
    const composer = form();
    if (event.defaultPrevented || event.target !== composer?.elements.text) return;
    // While an input method composes, Enter is its own; some browsers only say so by the code.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
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

  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (ctx.sourceElement !== form()) return;
    sent = form().elements.text.value;
    tell("sending");
  });
  // What was sent leaves the field; what was typed meanwhile stays, and after a refusal all of it.
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    const composer = form();
    if (ctx.sourceElement.matches("form[action$='/delete']") && ctx.response.status < 400) {
      const thread = ctx.sourceElement.getAttribute("action").replace(/delete$/, "messages");
      drafts.removeItem(`draft ${thread}`);
    }
    if (sent === null || ctx.sourceElement !== composer || ctx.response.status >= 400) return;
    const field = composer.elements.text;
    if (field.value.startsWith(sent)) field.value = field.value.slice(sent.length);
    sent = null;
    moving = true;
    drafts.removeItem(draftOf(composer));
    tell("sent");
    focus();
  });
  document.addEventListener("htmx:before:swap", ({ detail: { tasks } }) => {
    renewed ||= !form() || tasks.some(({ target }) => target?.contains?.(form()));
  });
  document.addEventListener("htmx:after:swap", () => {
    if (renewed) arrive();
    renewed = false;
  });
  addEventListener("DOMContentLoaded", () => {
    arrive();
    focus();
  });
})();
