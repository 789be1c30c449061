// <openai-chatkit>, the element of @openai/chatkit: a frame with the chat of one's own host.
// Options, commands and events travel through a port as plain data; callbacks stay here.
(() => {
  const NAME = "openai-chatkit";
  if (customElements.get(NAME)) return;
  const imported = () => /\w+:\/\/[^\s)]+?(?=:\d+:\d+)/.exec(new Error().stack)?.[0];
  const script = document.currentScript?.src || imported() || document.baseURI;
  const PATIENCE = 20_000; // milliseconds that a frame may take to load
  const SEATS = 3; // of the six connections to a host, those that may be held open
  const seated = new Map(); // the elements that hold one, each for a request; see framed/seats.js

  const METHODS =
    "focusComposer setThreadId sendCustomAction sendUserMessage setComposerValue showHistory hideHistory fetchUpdates";
  const EVENTS = new Set(
    "ready error effect deeplink response.start response.end history.open history.close thread.change thread.load.start thread.load.end tool.change log"
      .split(" ")
      .map((name) => `chatkit.${name}`),
  );
  const CALLBACKS =
    "onClientTool widgets.onAction entities.onTagSearch entities.onClick entities.onRequestPreview commands.onSearch commands.onSelect header.leftAction.onClick header.rightAction.onClick".split(
      " ",
    );
  const SHOWN =
    "locale theme header history startScreen threadItemActions composer disclaimer entities commands thread".split(
      " ",
    );

  // What options are: a letter for a plain type, u for an address, a|b for one of some values, [one]
  // for a list, an object for its fields (! where they are needed, * for any), a function where it
  // depends.
  const KINDS = { s: "string", b: "boolean", n: "number", f: "function", o: "object" };
  const headerAction = { "icon!": "s", "onClick!": "f" };
  const choice = { "id!": "s", "label!": "s" };
  const sized = (value) => (typeof value === "object" ? { "*": "n" } : "n");
  const OPTIONS = {
    "api!": (value) =>
      value?.getClientSecret
        ? { "getClientSecret!": "f" }
        : {
            "url!": "u",
            fetch: "f",
            domainKey: "s",
            uploadStrategy: (value) =>
              value?.type === "direct"
                ? { type: "s", "uploadUrl!": "u" }
                : { "type!": "two_phase|direct" },
          },
    locale: "s",
    theme: (value) =>
      typeof value === "string"
        ? "light|dark"
        : {
            colorScheme: "light|dark",
            typography: {
              baseSize: "14|15|16|17|18",
              fontSources: [
                {
                  "family!": "s",
                  "src!": "s",
                  weight: (value) => (typeof value === "string" ? "s" : "n"),
                  style: "normal|italic|oblique",
                  display: "auto|block|swap|fallback|optional",
                  unicodeRange: "s",
                },
              ],
              fontFamily: "s",
              fontFamilyMono: "s",
            },
            radius: "pill|round|soft|sharp",
            density: "compact|normal|spacious",
            color: {
              grayscale: { "hue!": "n", "tint!": "0|1|2|3|4|5|6|7|8|9", shade: "-4|-3|-2|-1|0|1|2|3|4" },
              accent: { "primary!": "s", "level!": "0|1|2|3" },
              surface: { "background!": "s", "foreground!": "s" },
            },
          },
    frameTitle: "s",
    initialThread: (value) => (value === null ? null : "s"),
    onClientTool: "f",
    header: {
      enabled: "b",
      title: { enabled: "b", text: "s" },
      leftAction: headerAction,
      rightAction: headerAction,
    },
    history: { enabled: "b", showDelete: "b", showRename: "b" },
    startScreen: {
      greeting: "s",
      prompts: [
        {
          "label!": "s",
          "prompt!": (value) => (typeof value === "string" ? "s" : ["o"]),
          icon: "s",
        },
      ],
    },
    threadItemActions: { feedback: "b", retry: "b" },
    composer: {
      placeholder: "s",
      attachments: { "enabled!": "b", maxSize: sized, maxCount: "n", accept: { "*": ["s"] } },
      tools: [
        {
          ...choice,
          "icon!": "s",
          shortLabel: "s",
          placeholderOverride: "s",
          pinned: "b",
          persistent: "b",
        },
      ],
      models: [{ ...choice, description: "s", disabled: "b", default: "b" }],
      dictation: { "enabled!": "b" },
    },
    disclaimer: { "text!": "s", highContrast: "b" },
    entities: { onTagSearch: "f", showComposerMenu: "b", onClick: "f", onRequestPreview: "f" },
    commands: { "enabled!": "b", onSearch: "f", onSelect: "f" },
    widgets: { onAction: "f" },
    thread: { autoScroll: "b" },
  };

  const addressOf = (text) => {
    try {
      return new URL(text, document.baseURI);
    } catch {}
  };
  const failure = (message, name = "IntegrationError") => Object.assign(new Error(message), { name });

  const check = (value, type, path) => {
    const refuse = (wanted) => {
      throw failure(`Invalid ChatKit option ${path}: ${wanted}`);
    };
    if (typeof type === "function") type = type(value);
    if (type === null) return;
    const isObject = typeof value === "object" && value !== null;
    if (Array.isArray(type)) {
      if (!Array.isArray(value)) refuse("it must be an array");
      value.forEach((one, at) => check(one, type[0], `${path}[${at}]`));
    } else if (typeof type === "object") {
      if (!isObject || Array.isArray(value)) refuse("it must be an object");
      const within = (key) => (path === "(all)" ? key : `${path}.${key}`);
      for (const key in type) {
        if (key.endsWith("!") && value[key.slice(0, -1)] === undefined) {
          path = within(key.slice(0, -1));
          refuse("it is required");
        }
      }
      for (const [key, one] of Object.entries(value)) {
        if (one === undefined) continue;
        const name = [key, `${key}!`, "*"].find((name) => Object.hasOwn(type, name));
        const known = type[name];
        if (known) check(one, known, within(key));
        else {
          path = within(key);
          refuse("there is no such option");
        }
      }
    } else if (type === "u") {
      const isAddress = typeof value === "string" && /^http/.test(addressOf(value)?.protocol);
      if (!isAddress) refuse("it must be an address");
    } else if (KINDS[type]) {
      if (typeof value !== KINDS[type] || value === null) refuse(`it must be a ${KINDS[type]}`);
    } else if (!type.split("|").includes(String(value))) {
      refuse(`it must be one of ${type.replaceAll("|", ", ")}`);
    }
  };

  // What there is to read in whatever was thrown.
  const said = (error) => {
    const words = error?.message || error?.name;
    return String(words || (typeof error === "object" && JSON.stringify(error)) || error || "Error");
  };

  // The keys of `#renew`, in memory where the page has no storage.
  const unstored = new Map();
  const stored = (name, key) => {
    try {
      if (key) localStorage.setItem(name, key);
      return localStorage.getItem(name) ?? unstored.get(name) ?? "";
    } catch {
      if (key) unstored.set(name, key);
      return unstored.get(name) ?? "";
    }
  };

  const plain = (value) => JSON.parse(JSON.stringify(value ?? null));

  // What `api` means where it only says how to get a client's secret: the host that the script is
  // from, which is shown the secret with every request, and a fresh one when it refuses the old.
  const hosted = (getClientSecret) => {
    let secret;
    const renew = (old) => {
      secret = Promise.resolve(old).then(getClientSecret);
      secret.catch(() => (secret = undefined));
    };
    return {
      url: new URL("../chatkit", script).href,
      async fetch(url, init) {
        const ask = async () => {
          const headers = { ...init.headers, Authorization: `Bearer ${await secret}` };
          return fetch(url, { ...init, headers });
        };
        if (!secret) renew(null);
        const shown = secret;
        const response = await ask();
        if (response.status !== 401) return response;
        if (secret === shown) renew(shown);
        return ask();
      },
    };
  };

  // Sends a file as `fetch` does, and tells what part of it has been sent.
  const send = (url, { method, headers = {}, body, signal }, tell) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(method, url);
      for (const name in headers) request.setRequestHeader(name, headers[name]);
      request.responseType = "blob";
      request.upload.onprogress = ({ loaded, total }) => tell(loaded / total);
      request.onload = () => {
        const { status, response } = request;
        const headers = { "Content-Type": response.type };
        resolve(new Response(response.size ? response : null, { status, headers }));
      };
      request.onerror = request.onabort = () => reject(new TypeError("Failed to fetch"));
      signal.addEventListener("abort", () => request.abort());
      request.send(body);
    });

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    ":host{display:block;width:100%;height:100%}:host([hidden]){display:none}" +
      "iframe{display:block;width:100%;height:100%;border:0;opacity:0}iframe.ready{opacity:1}",
  );

  class ChatKit extends HTMLElement {
    #options; // those that were set last
    #api; // what its `api` means
    #hosted;
    #place; // below `api.url`, where the frame is, or would be if there were no proxy
    #host; // the origin of the frame
    #path; // of the frame there, as the host says it
    #frame;
    #port;
    #told; // what the frame was told of the options, as JSON
    #thread; // the thread that is open; undefined before the first one
    #due = new Map(); // events that end what has begun, with their details
    #token;
    #renewal;
    #deadline;
    #count = 0;
    #open = new Set(); // commands that have not ended
    #calls = new Map(); // those that the frame was given
    #asked = new Map(); // requests of the frame that are being answered
    #begun = later(); // until the frame shows something, or cannot

    constructor() {
      super();
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    }

    connectedCallback() {
      if (this.#options) this.#mount();
    }

    // What is only moved shows the chat again: commands wait for it.
    disconnectedCallback() {
      this.#unmount();
      queueMicrotask(() => {
        if (!this.isConnected) this.#begun.reject(failure("The chat was closed"));
      });
    }

    setOptions(options) {
      check(options, OPTIONS, "(all)");
      this.#options = options;
      this.#hosted ??= hosted((old) => this.#options.api.getClientSecret(old));
      this.#api = options.api.getClientSecret ? this.#hosted : options.api;
      if (!this.isConnected) return;
      const { origin, pathname, href } = this.#where();
      const shown = this.#place;
      if (shown && (shown.origin !== origin || shown.pathname !== pathname)) this.#leave();
      if (!this.#frame || this.#begun.failed || href !== shown.href) this.#mount();
      else {
        this.#frame.title = options.frameTitle ?? "Chat";
        this.#tell();
      }
    }

    // The frame is below `api.url`. Where that is on the document's own origin and the script is
    // not, what is there is a proxy of the host that the script came from.
    #where() {
      const { locale } = this.#options;
      const endpoint = addressOf(this.#api.url);
      endpoint.pathname = endpoint.pathname.replace(/\/*$/, "/frame");
      endpoint.search = locale ? new URLSearchParams({ locale }) : "";
      return endpoint;
    }

    get #isProxied() {
      return this.#place.origin !== this.#host;
    }

    // Another server knows nothing of the thread.
    #leave() {
      if (this.#thread) this.#dispatch("chatkit.thread.change", { threadId: null });
      this.#thread = undefined;
    }

    async #mount() {
      this.#unmount();
      const frame = (this.#frame = document.createElement("iframe"));
      const place = (this.#place = this.#where());
      const own = place.origin === location.origin;
      this.#host = own ? new URL(script).origin : place.origin;
      frame.title = this.#options.frameTitle ?? "Chat";
      frame.allow = "clipboard-write; microphone";
      frame.addEventListener("load", () => this.#connect(frame));
      this.#deadline = setTimeout(() => {
        this.#fail(`The chat could not be loaded from ${frame.src || place}`);
      }, PATIENCE);
      if (this.#host !== location.origin) {
        this.#token = this.#renew();
        this.#token.catch(() => {}); // which is told once the frame has loaded
      }
      try {
        frame.src = this.#isProxied ? await this.#proxied() : place;
        if (frame === this.#frame) this.shadowRoot.replaceChildren(frame);
      } catch (error) {
        if (frame === this.#frame) this.#fail(error.message);
      }
    }

    // Where nothing can be shown, no command need wait for it; the next options begin anew.
    #fail(message) {
      clearTimeout(this.#deadline);
      this.#begun.reject(failure(message));
      this.#dispatch("chatkit.error", { error: message });
    }

    // Which of the servers of its host is behind the proxy, it says itself, with the token.
    async #proxied() {
      const { search } = this.#place;
      await this.#token;
      const place = Object.assign(new URL(this.#path, script), { search });
      if (place.origin !== this.#host) throw failure(`The chat is not at ${place}`);
      return place;
    }

    #unmount() {
      this.#end();
      clearTimeout(this.#deadline);
      clearTimeout(this.#renewal);
      this.#frame?.remove();
      this.#frame = this.#token = undefined;
    }

    // What a frame has begun ends with it.
    #end() {
      for (const [event, detail] of this.#due) this.#happen(event, detail);
      this.#port?.close();
      for (const { done } of this.#open) done.catch(() => {}); // who does not wait need not hear
      for (const { reject } of this.#calls.values()) reject(failure("The chat was closed"));
      for (const controller of this.#asked.values()) controller.abort();
      this.#calls.clear();
      this.#asked.clear();
      seated.delete(this);
      if (this.#begun.over) this.#begun = later();
      this.#port = this.#told = undefined;
    }

    async #connect(frame) {
      const { port1, port2 } = new MessageChannel();
      this.#end();
      this.#port = port1;
      port1.onmessage = ({ data }) => port1 === this.#port && this.#hear(data);
      frame.contentWindow.postMessage({ chatkit: 1 }, this.#host, [port2]);
      try {
        await this.#token;
      } catch (error) {
        return port1 === this.#port && this.#fail(error.message);
      }
      if (port1 === this.#port) this.#tell();
    }

    // Hands the frame the options, as far as they have changed for it.
    async #tell() {
      const options = this.#options;
      const api = this.#api;
      const { initialThread = null } = options;
      const shown = {};
      for (const key of SHOWN) if (options[key] !== undefined) shown[key] = options[key];
      shown.callbacks = CALLBACKS.filter((name) => this.#callback(name));
      shown.uploads = !!api.uploadStrategy;
      const upload = plain(api.uploadStrategy);
      if (upload?.uploadUrl) upload.uploadUrl = addressOf(upload.uploadUrl).href;
      const told = { options: JSON.stringify(shown), upload, tunnel: !!api.fetch || this.#isProxied };
      if (!this.#port || JSON.stringify(told) === this.#told) return;
      this.#told = JSON.stringify(told);
      if (this.#thread === undefined) this.#thread = initialThread;
      const port = this.#port;
      const token = await Promise.resolve(this.#token).catch(() => null); // #connect tells why
      if (token !== null) port.postMessage({ settings: { ...told, thread: this.#thread, token } });
    }

    #callback(name) {
      const path = name.split(".");
      const last = path.pop();
      const within = path.reduce((value, key) => value?.[key], this.#options);
      return typeof within?.[last] === "function" && ((...args) => within[last](...args));
    }

    #hear({ event, detail, ask, name, args, request, abort, answer, value, error }) {
      if (event) this.#happen(event, detail);
      else if (ask) this.#answer(ask, name, args);
      else if (request) this.#send(request, args);
      else if (abort) this.#asked.get(abort)?.abort();
      else if (answer) {
        const { resolve, reject } = this.#calls.get(answer) ?? {};
        this.#calls.delete(answer);
        if (error) reject?.(failure(error));
        else resolve?.(value);
      }
    }

    #happen(event, detail) {
      if (event === "chatkit.ready") {
        clearTimeout(this.#deadline);
        this.#frame.className = "ready";
        if (this.#begun.failed) this.#begun = later();
        this.#begun.resolve();
      }
      if (event === "failed") this.#fail(detail);
      if (event === "chatkit.thread.change") this.#thread = detail.threadId;
      if (event === "seat.left" && seated.get(this) === detail) seated.delete(this);
      if (!EVENTS.has(event)) return;
      const end = event.replace(/start$/, "end").replace(/open$/, "close");
      if (end === event) this.#due.delete(event);
      else this.#due.set(end, detail);
      this.#dispatch(event, detail);
    }

    get #isResponding() {
      return this.#due.has("chatkit.response.end");
    }

    #dispatch(event, detail) {
      if (event === "chatkit.error") detail = { error: failure(String(detail.error), "Error") };
      this.dispatchEvent(new CustomEvent(event, { detail, bubbles: true, composed: true }));
    }

    async #answer(answer, name, args) {
      const port = this.#port;
      try {
        let value;
        if (name === "token") value = await this.#renew();
        else if (name === "seat") value = this.#sit(...args);
        else if (!CALLBACKS.includes(name) || !this.#callback(name)) throw failure(`There is no ${name}`);
        else value = await this.#callback(name)(...args);
        port.postMessage({ answer, value: plain(value) });
      } catch (error) {
        port.postMessage({ answer, error: said(error) });
      }
    }

    // An answer that is being written takes the seat of a thread at rest.
    #sit(request) {
      if (seated.size >= SEATS && !seated.has(this) && this.#isResponding) {
        const other = [...seated.keys()].find((element) => !element.#isResponding);
        seated.delete(other);
        other?.#port.postMessage({ getUp: true });
      }
      const isSeated = seated.has(this) || seated.size < SEATS;
      if (isSeated) seated.set(this, request);
      return isSeated;
    }

    // A request of the frame: to `api.url`, or with a file to where files go.
    async #send(answer, { url, form, method, headers, body }) {
      const api = this.#api;
      const port = this.#port;
      const controller = new AbortController();
      const { signal } = controller;
      const init = { method, headers, body, signal };
      this.#asked.set(answer, controller);
      try {
        if (url && !((form ?? body) instanceof Blob)) throw failure("Only files go elsewhere");
        if (form) {
          init.body = new FormData();
          init.body.append("file", form, form.name);
        }
        const address = url ?? api.url;
        // Who listens to an upload has a browser ask other origins beforehand; not all answer that.
        const known = [location.origin, addressOf(api.url).origin].includes(addressOf(address).origin);
        const isTold = url && !api.fetch && (known || init.method !== "POST");
        const tell = (share) => port.postMessage({ chunk: answer, share });
        const response = await (isTold ? send(url, init, tell) : (api.fetch ?? fetch)(address, init));
        const { status } = response;
        port.postMessage({ answer, value: { status, headers: [...response.headers] } });
        const reader = response.body?.getReader();
        // Not every `fetch` of a page heeds its signal.
        const leave = () => reader?.cancel().catch(() => {});
        signal.addEventListener("abort", leave);
        if (signal.aborted) leave();
        for (let piece = await reader?.read(); piece && !piece.done; piece = await reader.read()) {
          port.postMessage({ chunk: answer, value: piece.value });
        }
        port.postMessage({ chunk: answer });
      } catch (error) {
        const message = said(error);
        port.postMessage({ answer, error: message });
        port.postMessage({ chunk: answer, error: message });
      }
      this.#asked.delete(answer);
    }

    // A token for a frame on another origin. What names the owner stays in this page's storage.
    async #renew() {
      const api = this.#api;
      const place = this.#place;
      const kept = `${NAME} ${place.origin}${place.pathname}`;
      const key = stored(kept);
      const params = { method: "POST", path: "/frame/token", body: JSON.stringify({ key }) };
      const response = await (api.fetch ?? fetch)(api.url, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ type: "frame.request", params }),
      }).catch(({ message }) => {
        const from = `from ${location.origin}, which CHATKIT_ORIGINS has to allow`;
        throw failure(`${api.url} could not be reached ${from}: ${message}`);
      });
      const given = await response.json().catch(() => null);
      if (!given?.token) {
        const reason = given?.error?.message ?? response.status;
        throw failure(`The chat was refused by ${api.url}: ${reason}`);
      }
      // Elements and pages that begin at the same time are one person: the one of the first answer.
      if (given.key !== key && stored(kept) !== key) return this.#renew();
      stored(kept, given.key);
      if (place !== this.#place || !this.#frame) return given.token;
      this.#token = given.token;
      this.#path = given.frame;
      clearTimeout(this.#renewal);
      this.#renewal = setTimeout(() => {
        this.#renew().then((token) => this.#port?.postMessage({ token }), () => {});
      }, given.seconds * 800);
      return given.token;
    }

    static {
      for (const name of METHODS.split(" ")) {
        this.prototype[name] = function (...args) {
          const call = { name, args };
          return (call.done = this.#call(call));
        };
      }
    }

    async #call(open) {
      const { name, args } = open;
      if (!this.#frame) throw failure(`ChatKit: ${name}() ignored - setOptions() comes first`);
      const call = ++this.#count;
      this.#open.add(open);
      try {
        let begun;
        do await (begun = this.#begun).promise;
        while (begun !== this.#begun);
        const given = later();
        this.#calls.set(call, given);
        if (name === "focusComposer") this.#frame.focus();
        this.#port.postMessage({ call, name, args });
        return await given.promise;
      } finally {
        this.#calls.delete(call);
        this.#open.delete(open);
      }
    }
  }

  function later() {
    const made = { over: false };
    made.promise = new Promise((resolve, reject) => {
      made.resolve = (value) => ((made.over = true), resolve(value));
      made.reject = (error) => ((made.failed ||= !made.over), (made.over = true), reject(error));
    });
    made.promise.catch(() => {}); // who waits for it hears of it
    return made;
  }

  customElements.define(NAME, ChatKit);
})();
