// The live example: the element with some options, its methods on buttons, and a log of its events.
(() => {
  const MOST = 200; // events that are listed
  const chat = document.querySelector("openai-chatkit");
  const { base } = document.documentElement.dataset;
  const list = document.getElementById("events");
  const events = [
    ...["ready", "error", "log", "effect", "deeplink", "tool.change"],
    ...["response.start", "response.end", "history.open", "history.close"],
    ...["thread.change", "thread.load.start", "thread.load.end"],
  ];
  let dark = matchMedia("(prefers-color-scheme: dark)").matches;

  const write = (name, detail) => {
    const row = document.createElement("li");
    const title = Object.assign(document.createElement("b"), { textContent: name });
    const said = detail?.error ? { error: detail.error.message } : detail;
    row.append(title, said ? ` ${JSON.stringify(said)}` : "");
    row.className = detail?.error ? "failed" : "";
    list.prepend(row);
    if (list.childElementCount > MOST) list.lastElementChild.remove();
  };

  const options = () => ({
    api: { url: `${base}/chatkit`, domainKey: "local" },
    theme: { colorScheme: dark ? "dark" : "light", radius: "round", density: "normal" },
    header: { rightAction: { icon: dark ? "light-mode" : "dark-mode", onClick: turn } },
    threadItemActions: { feedback: true, retry: true },
    composer: { attachments: { enabled: true } },
    thread: { autoScroll: true },
    entities: {
      showComposerMenu: true,
      async onTagSearch(query) {
        const address = `${base}/entities?q=${encodeURIComponent(query)}`;
        const response = await fetch(address, { headers: { Accept: "application/json" } });
        return response.ok ? (await response.json()).entities : [];
      },
      onClick: (entity) => write("entities.onClick", entity),
    },
    widgets: { onAction: async (action, item) => write("widgets.onAction", { action, id: item.id }) },
    onClientTool(call) {
      write("onClientTool", call);
      return { text: String(getSelection()), page: document.title };
    },
  });

  const turn = () => {
    dark = !dark;
    show();
  };

  const show = () => {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    document.querySelector("[data-try=theme]").setAttribute("aria-pressed", dark);
    chat.setOptions(options());
  };

  const tries = {
    setThreadId: () => chat.setThreadId(null),
    showHistory: () => chat.showHistory(),
    setComposerValue: () => chat.setComposerValue({ text: "What is on my list?" }),
    sendUserMessage: () => chat.sendUserMessage({ text: "What is on my list?" }),
    theme: turn,
  };

  document.addEventListener("click", async ({ target }) => {
    const name = target.closest("[data-try]")?.dataset.try;
    try {
      await tries[name]?.();
    } catch (error) {
      write(name, { error });
    }
  });
  for (const name of events) {
    chat.addEventListener(`chatkit.${name}`, ({ detail }) => write(`chatkit.${name}`, detail));
  }
  customElements.whenDefined("openai-chatkit").then(show);
})();
