// How the frame asks its server: itself, or through the page around it where that has a `fetch` of
// its own. All scripts of the page use `fetch`, so it is replaced here, once and for all of them.
(() => {
  const ask = window.fetch.bind(window);
  const UNKNOWN = 428; // the server has forgotten the options
  const EXPIRED = 401; // the token is too old
  const LONGEST = 5; // times an answer may lead elsewhere
  const theme = new CSSStyleSheet();
  const askedWith = new WeakMap(); // the digest that an answer was asked for with
  let digest = "";
  let token = "";

  const named = (init) => {
    const headers = Object.fromEntries(new Headers(init.headers));
    if (digest) headers["chatkit-options"] = digest;
    if (token) headers["chatkit-token"] = token;
    return headers;
  };

  const encoded = (body, headers) => {
    if (body === undefined || body === null || typeof body === "string") return body ?? "";
    headers["content-type"] = "application/x-www-form-urlencoded";
    return String(new URLSearchParams([...body].filter(([, value]) => typeof value === "string")));
  };

  // The page around could answer anything. It is markup at most: no script in it gets the nonce of
  // this page, because in the name of an attribute an entity is none; to who reads it, it is. And
  // pictures that only a request with a name can fetch are fetched by files.js.
  const PICTURES = /(<img\b(?:[^">]|"[^"]*")*?) src="([^"]*\/attachments\/)/g;
  const harmless = (line, tunnelled) => {
    const struck = tunnelled ? line.replace(/(hx-)?nonce=/gi, (all, hx) => (hx ? all : "nonce&#61;")) : line;
    return struck.replace(PICTURES, '$1 data-attachment="$2');
  };

  const lines = (tunnelled) => {
    let rest = "";
    return new TransformStream({
      transform(text, controller) {
        const whole = rest + text;
        const end = whole.lastIndexOf("\n") + 1;
        rest = whole.slice(end);
        if (end) controller.enqueue(harmless(whole.slice(0, end), tunnelled));
      },
      flush: (controller) => controller.enqueue(harmless(rest, tunnelled)),
    });
  };

  // Requests of a frame that is taken away end before it does: what fails is told a task later,
  // when such a frame runs no more.
  const late = (error) => new Promise((_, reject) => setTimeout(reject, 0, error));
  const enduring = (body) => {
    const reader = body.getReader();
    return new ReadableStream({
      async pull(controller) {
        const { done, value } = await reader.read().catch(late);
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    });
  };

  const read = (response, path, tunnelled) => {
    const isMarkup = /^text\/(?:html|event-stream)/.test(response.headers.get("Content-Type"));
    if (!response.body || response.status === 204 || !isMarkup) return response;
    let body = enduring(response.body);
    if (!embedder.hasCookies()) {
      body = body
        .pipeThrough(new TextDecoderStream())
        .pipeThrough(lines(tunnelled))
        .pipeThrough(new TextEncoderStream());
    }
    return embedder.like(response, body, new URL(path, location.origin).href);
  };

  // The page around knows one address of the server, not what the others are below.
  const relative = (path) => (path.startsWith(embedder.base) ? path.slice(embedder.base.length - 1) : path);

  const through = async (path, init) => {
    const headers = named(init);
    const body = encoded(init.body, headers);
    let params = { method: init.method ?? "GET", path: relative(path), headers, body };
    for (let led = 0; ; led++) {
      const response = await embedder.request(
        {
          method: "POST",
          headers: { "Content-Type": "application/json", Accept: headers.accept ?? "*/*" },
          body: JSON.stringify({ type: "frame.request", params }),
        },
        init.signal,
      );
      if (!response.headers.has("ChatKit-Answer")) throw new Error(await reason(response));
      const next = response.headers.get("ChatKit-Location");
      if (!next || led === LONGEST) return read(response, path, true);
      const { pathname, search } = new URL(next, location.origin);
      delete headers["content-type"];
      params = { method: "GET", path: relative(pathname + search), headers };
    }
  };

  const once = async (path, init) => {
    if (embedder.settings.tunnel) return through(path, init);
    const response = await ask(path, { ...init, headers: named(init) }).catch(late);
    return read(response, response.url || path, false);
  };

  const described = (input) => {
    const { origin, pathname, search } = new URL(input, location.href);
    return origin === location.origin ? pathname + search : null;
  };

  // Asks again where the server has forgotten the options, or the token is too old.
  const answered = async (path, init) => {
    const response = await once(path, init);
    if (response.status === UNKNOWN) await apply();
    else if (response.status === EXPIRED && token) token = await embedder.ask("token");
    else return response;
    return once(path, init);
  };

  window.fetch = async (input, init = {}) => {
    const path = described(input);
    if (path === null) return ask(input, init);
    const own = await embedder.instead(path, init);
    if (own) return own;
    const begun = performance.now();
    const options = digest;
    const response = await embedder.follow(path, init, (each) => answered(path, each));
    if (init.method && init.method !== "GET") embedder.hurry();
    askedWith.set(response, options);
    const { status } = response;
    const { pathname } = new URL(path, location.origin);
    const method = init.method ?? "GET";
    const data = { method, path: pathname, status, milliseconds: Math.round(performance.now() - begun) };
    embedder.tell("chatkit.log", { name: "request", data });
    const turn = response.headers.get("ChatKit-Turn");
    if (turn) embedder.started(turn);
    if (isForeign(response) && new Headers(init.headers).has("HX-Request")) {
      throw new Error(await reason(response));
    }
    return response;
  };

  // What stands before the server, a proxy say, refuses in its own words: they are no page of the
  // chat, and must not take its place.
  const isForeign = ({ status, headers }) =>
    status >= 400 && !headers.has("HX-Push-Url") && !headers.has("HX-Replace-Url");
  const reason = async (response) => {
    const { error, detail } = await response.json().catch(() => ({}));
    const said = error?.message ?? detail;
    if (typeof said === "string") return said;
    return response.ok ? "What answered is not the chat" : `The server answered ${response.status}`;
  };

  // Takes the options of the page around to the server, and shows what they make of the page.
  const apply = async () => {
    const before = digest;
    digest = ""; // which the server may have forgotten
    const path = `${embedder.base}frame/options`;
    const init = {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: embedder.settings.options,
    };
    let response = await once(path, init);
    let answer = await response.json().catch(() => null);
    if (!answer?.digest && !answer?.error) {
      // A proxy hands on `api.url` and what is below it, and answers everything else itself.
      embedder.settings.tunnel = true;
      response = await once(path, init);
      answer = await response.json();
    }
    digest = before;
    if (!response.ok) throw new Error(`Invalid ChatKit option ${answer.error?.message}`);
    digest = answer.digest;
    const root = document.documentElement;
    for (const name of ["data-theme", "data-without-following"]) {
      if (name in answer.attributes) root.setAttribute(name, answer.attributes[name]);
      else root.removeAttribute(name);
    }
    document.querySelector("meta[name=color-scheme]").content = answer.schemes;
    theme.replaceSync(answer.css);
    document.adoptedStyleSheets = [theme];
  };

  embedder.on("token", (fresh) => (token = fresh));
  embedder.apply = (settings) => {
    const chosen = embedder.coloured(JSON.parse(settings.options));
    const options = JSON.stringify(chosen);
    const { callbacks, commands } = chosen;
    embedder.settings = { ...settings, options, callbacks, hasCommands: !!commands?.enabled };
    token = settings.token ?? "";
    return apply();
  };
  embedder.isStale = (response) => (askedWith.get(response) ?? digest) !== digest;
  // Whether files of this page can be fetched by their address alone.
  embedder.hasCookies = () => !token && !embedder.settings.tunnel;
  embedder.authorised = () => (token ? { "ChatKit-Token": token } : {});
})();
