// What the page around can tell the frame to do; who calls while something else goes on is refused.
(() => {
  const form = () => document.querySelector("form[data-composer]");
  const field = () => form().elements.text;
  const draft = (what, detail) => document.dispatchEvent(new CustomEvent(`composer:${what}`, { detail }));
  const threadPath = (id) => `${embedder.base}threads/${encodeURIComponent(id)}`;

  // Shows what a request is answered with; `fields` are those of a form, some of them repeated,
  // and what is `quiet` loads no thread in the eyes of the page around.
  const ask = async (method, path, { fields, quiet } = {}) => {
    const outcome = {};
    await htmx.ajax(method, path, {
      source: document.body,
      target: "#main",
      swap: "outerMorph show:none",
      outcome,
      fields,
      quiet,
    });
    if (outcome.error) throw new Error(outcome.error);
  };
  // One after another: htmx drops what comes meanwhile.
  let last = Promise.resolve();
  const go = (...request) => (last = last.catch(() => {}).then(() => ask(...request)));
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    for (const [name, value] of ctx.fields ?? []) ctx.request.body.append(name, value);
  });

  const visit = (id) => go("GET", id === null ? embedder.base : threadPath(id));
  const again = () => go("GET", location.pathname + location.search, { quiet: true });

  const idle = (name) => {
    if (embedder.responding()) throw new Error(`ChatKit: ${name}() ignored - already responding`);
    if (embedder.busy()) throw new Error(`ChatKit: ${name}() ignored - a thread is being loaded`);
  };

  // The composer is not there while the history is shown.
  const atComposer = async () => {
    if (!form()) await visit(embedder.thread());
    if (!form()) throw new Error("ChatKit: nothing can be written here");
  };

  const text = (content) => content.map(({ type, text }) => (type === "input_tag" ? `@${text}` : text)).join("");
  const tags = (content) => content.filter(({ type }) => type === "input_tag");

  const press = (name, value) => {
    const radios = [...form().querySelectorAll(`input[name=${name}]`)];
    const radio = radios.find((one) => one.value === value && !one.disabled);
    if (!radio) throw new Error(`ChatKit: there is no ${name} ${JSON.stringify(value)}`);
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const chosen = (name) => form().querySelector(`input[name=${name}]:checked`)?.value;

  const compose = ({ content, reply, attachments, ...given }) => {
    const said = content ? text(content) : given.text;
    if (content || reply !== undefined || attachments) {
      const kept = {};
      draft("keep", kept);
      const [tool, model] = [chosen("tool"), chosen("model")];
      if (content) {
        embedder.know(tags(content));
        kept.mentions = tags(content).map(({ id, text }) => ({ id, title: text }));
      }
      if (reply !== undefined) kept.quote = reply;
      if (attachments) {
        kept.files = attachments.map(({ id, name, mime_type }) => ({ id, name, type: mime_type }));
      }
      draft("restore", kept);
      if (tool !== undefined) press("tool", tool);
      if (model !== undefined) press("model", model);
    }
    if (said !== undefined) field().value = said;
    field().dispatchEvent(new Event("input", { bubbles: true }));
    document.dispatchEvent(new Event("composer:changed"));
  };

  const attach = (files) => {
    const input = form().elements.file;
    if (!input) throw new Error("ChatKit: this chat takes no files");
    const list = new DataTransfer();
    for (const file of files) list.items.add(file);
    input.files = list.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  embedder.choose = press;
  embedder.mention = ({ id, title, group, data, interactive }) => {
    compose({ content: [{ type: "input_tag", id, text: title, group, data, interactive }] });
    field().setRangeText(" ", field().value.length, field().value.length, "end");
    field().dispatchEvent(new Event("input", { bubbles: true }));
    field().focus({ preventScroll: true });
  };

  const COMMANDS = {
    async focusComposer() {
      await atComposer();
      field().focus({ preventScroll: true });
    },
    async setThreadId(id) {
      if (id !== null && id === embedder.thread() && embedder.responding() && form()) return; // it is open
      idle("setThreadId");
      await visit(id);
    },
    async sendUserMessage(message) {
      idle("sendUserMessage");
      const { content, reply, attachments = [], newThread, toolChoice, model } = message;
      const parts = content ?? (message.text ? [{ type: "input_text", text: message.text }] : []);
      const whole = parts.map((part) =>
        part.type === "input_tag" ? { data: {}, interactive: false, ...part } : part,
      );
      const fields = [["content", JSON.stringify(whole)]];
      for (const { id } of attachments) fields.push(["attachment", id]);
      if (reply) fields.push(["quoted_text", reply]);
      if (toolChoice) fields.push(["tool", toolChoice.id]);
      if (model) fields.push(["model", model]);
      const id = newThread ? null : embedder.thread();
      await go("POST", id === null ? `${embedder.base}threads` : `${threadPath(id)}/messages`, { fields });
    },
    async sendCustomAction(action, itemId) {
      const id = embedder.thread();
      if (id === null) throw new Error("ChatKit: sendCustomAction() ignored - no active thread");
      idle("sendCustomAction");
      const fields = [["action", JSON.stringify({ type: action.type, payload: action.payload ?? null })]];
      if (itemId) fields.push(["item_id", itemId]);
      await go("POST", `${threadPath(id)}/action`, { fields });
      await embedder.answered();
    },
    async setComposerValue({ files, selectedToolId, selectedModelId, ...value }) {
      await atComposer();
      compose(value);
      if (selectedToolId !== undefined) press("tool", selectedToolId ?? "");
      if (selectedModelId !== undefined) press("model", selectedModelId);
      if (files?.length) attach(files);
    },
    async showHistory() {
      const id = embedder.thread();
      const query = id === null ? "" : `?current=${encodeURIComponent(id)}`;
      if (!embedder.showsHistory()) await go("GET", `${embedder.base}threads${query}`);
    },
    async hideHistory() {
      if (embedder.showsHistory()) await visit(embedder.thread());
    },
    async fetchUpdates() {
      idle("fetchUpdates");
      await again();
    },
  };

  embedder.on("call", async (call, { name, args }) => {
    try {
      if (!Object.hasOwn(COMMANDS, name)) throw new Error(`ChatKit: there is no ${name}()`);
      embedder.reply({ answer: call, value: await COMMANDS[name](...args) });
    } catch (error) {
      embedder.reply({ answer: call, error: String(error?.message || error || "Error") });
    }
  });

  // The first options show the first page; later ones show again what is shown.
  let shown = false;
  const apply = async (settings) => {
    try {
      await embedder.apply(settings);
      if (shown) return await again();
      await visit(settings.thread ?? null).catch(async (error) => {
        if (!settings.thread) throw error;
        await visit(null);
        embedder.tell("chatkit.thread.change", { threadId: null });
      });
      shown = true;
      embedder.tell("chatkit.ready");
    } catch (error) {
      if (shown) embedder.fail(error.message);
      else embedder.tell("failed", error.message);
    }
  };
  // What was asked for with earlier options shows those.
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (shown && ctx.response && embedder.isStale(ctx.response.raw)) again().catch(() => {});
  });
  let applying = Promise.resolve();
  embedder.on("settings", (settings) => (applying = applying.then(() => apply(settings))));
})();
