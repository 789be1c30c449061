// The stream of a thread's changes: says when it is lost, and begins it again where htmx gives up.
// Where the thread itself is gone, there is nothing to begin.
(() => {
  const GONE = [404, 410];
  const FIRST = 500; // milliseconds until it is tried again; then twice as long each time
  const LONGEST = 10_000;
  const failures = new WeakMap(); // how often a stream could not be begun

  const isStream = (element) => element.hasAttribute?.("hx-sse:connect");
  const { threadGone } = document.getElementById("words").dataset;
  let lost = false;
  const showLost = (now) => {
    lost = now;
    document.getElementById("connection").hidden = !lost;
  };

  const end = (element) => {
    showLost(false);
    element.remove(); // htmx goes on only where the element is still there
    document.dispatchEvent(new CustomEvent("page:alert", { detail: threadGone }));
  };

  const connect = (element) => {
    if (!element.isConnected || element._htmx?.sse) return;
    htmx.ajax("GET", element.getAttribute("hx-sse:connect"), { source: element });
  };

  // The stream that tells this page what changes; none while it is lost.
  const watching = () => {
    const stream = document.querySelector("[hx-sse\\:connect]");
    return !lost && stream?._htmx?.sse?.reader ? stream.getAttribute("hx-sse:connect") : "";
  };

  htmx.registerExtension("stream", {
    // What the stream tells, the answer to a form need not show once more.
    htmx_config_request: (element, { ctx }) => {
      if (element.matches("form")) ctx.request.headers["Chat-Watching"] = watching();
    },
    // A message that was on its way while its connection was replaced is not for this page.
    htmx_sse_before_message: (element, { connection }) => element._htmx?.sse === connection,
    // What answers in the stream's place, such as a proxy's error page, is not for this page.
    htmx_before_response: (element, { ctx }) =>
      !isStream(element) || !!ctx.response.headers.get("Content-Type")?.includes("event-stream"),
    // htmx connects again only where it has been connected.
    htmx_finally_request: (element, { ctx }) => {
      if (!isStream(element) || !element.isConnected || element._htmx?.sse) return;
      if (GONE.includes(ctx.response?.status)) return end(element);
      const failed = failures.get(element) ?? 0;
      failures.set(element, failed + 1);
      showLost(true);
      const delay = Math.min(FIRST * 2 ** failed, LONGEST);
      setTimeout(connect, delay * (0.7 + 0.6 * Math.random()), element);
    },
  });

  document.addEventListener("htmx:sse:error", ({ target, detail }) => {
    if (GONE.includes(detail.status)) end(target);
    else showLost(true);
  });
  document.addEventListener("htmx:sse:after:connection", ({ target }) => {
    failures.delete(target);
    showLost(false);
  });
})();
