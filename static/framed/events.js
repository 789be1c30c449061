// What happens in the frame, told to the page around as ChatKit's events.
(() => {
  const THREAD = new RegExp(`^${embedder.base}threads/([^/]+)$`);
  const HISTORY = `${embedder.base}threads`;
  let shown = null; // the id of the thread that is open; null for a new one
  let loading = null; // the id of the thread that is on its way
  let responding = false;
  let history = false;
  let known = ""; // the id of the newest turn that was told of
  let over = ""; // the id of the newest turn whose end was told of
  const started = new Set(); // the turns that this frame has asked for
  const waiting = []; // what waits for the end of the answer

  const threadIn = (path) => {
    const id = THREAD.exec(path)?.[1];
    return id && !id.startsWith("~") ? decodeURIComponent(id) : undefined;
  };
  const turn = () => document.getElementById("turn")?.dataset.turn;
  const turnId = () => document.getElementById("turn")?.dataset.turnId ?? "";

  const respond = (now) => {
    if (now === responding) return;
    responding = now;
    if (now) embedder.hurry();
    embedder.tell(`chatkit.response.${now ? "start" : "end"}`);
    if (now) return;
    for (const go of waiting.splice(0)) go();
    if (turn() !== "failed") return;
    const said = document.querySelector("#turn .notice-said[dir]:not(.markdown)");
    embedder.fail(said?.innerText || "The answer failed");
  };

  // Compares what is shown with what was told before.
  const look = () => {
    const path = location.pathname;
    const id = threadIn(path);
    const isStart = path === embedder.base;
    if (history !== (path === HISTORY)) {
      history = !history;
      embedder.tell(`chatkit.history.${history ? "open" : "close"}`);
    }
    if (id === undefined && !isStart) return;
    if ((id ?? null) !== shown) {
      respond(false);
      shown = id ?? null;
      embedder.tell("chatkit.thread.change", { threadId: shown });
      if (!started.has(turnId())) known = turnId(); // its answer was there before
    }
    if (turnId() && turnId() !== known) {
      respond(false);
      known = turnId();
      respond(true); // it may be complete already
    }
    // An answer that was on its way for long may still show a turn as running that is over.
    respond(turn() === "running" && turnId() !== over);
    if (turn() !== "running") over = turnId();
  };

  embedder.started = (id) => started.add(id);
  embedder.thread = () => shown;
  embedder.busy = () => responding || loading !== null;
  embedder.responding = () => responding;
  embedder.answered = () => new Promise((go) => (responding ? waiting.push(go) : go()));
  embedder.showsHistory = () => history;

  // The thread that a request goes to; its own changes and earlier messages are no visit.
  const visited = ({ request, sourceElement, quiet }) => {
    if (!request) return undefined;
    const { pathname, searchParams } = new URL(request.action, location.origin);
    if (quiet || request.method !== "GET" || searchParams.has("before")) return undefined;
    return sourceElement.hasAttribute("hx-sse:connect") ? undefined : threadIn(pathname);
  };

  const loaded = () => {
    if (loading === null) return;
    const id = loading;
    loading = null;
    embedder.tell("chatkit.thread.load.end", { threadId: id });
  };

  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    const id = visited(ctx);
    if (id === undefined) return;
    loading = id;
    embedder.tell("chatkit.thread.load.start", { threadId: id });
  });
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    const status = ctx.response?.status;
    if (status >= 400) {
      const message = document.getElementById("alerts").innerText.trim() || `${status}`;
      if (ctx.outcome) ctx.outcome.error = message;
      embedder.fail(message);
    }
    look();
    if (visited(ctx) === loading) loaded();
  });
  document.addEventListener("htmx:error", ({ detail }) => {
    const message = String(detail.error?.message ?? detail.error ?? "The server cannot be reached");
    if (detail.ctx?.outcome) detail.ctx.outcome.error = message;
    embedder.fail(message);
    loaded();
  });
  document.addEventListener("page:alert", ({ detail }) => embedder.fail(detail));

  for (const name of ["chatkit.effect", "chatkit.deeplink", "chatkit.tool.change"]) {
    document.addEventListener(name, ({ detail }) => {
      const { name: called, data, toolId } = detail;
      embedder.tell(name, name === "chatkit.tool.change" ? { toolId } : { name: called, data });
    });
  }
})();
