// The frame's end of the channel to the element around it, `embedder` for the frame's scripts:
// what the element says, what it is told, and what it is asked for.
const embedder = (() => {
  const root = document.documentElement;
  const allowed = new Set([location.origin, ...root.dataset.origins.split(" ").filter(Boolean)]);
  const hearers = new Map(); // what is done with each kind of message
  const waiting = new Map(); // what was asked and is not answered
  const streams = new Map(); // what receives the pieces of an answer
  let port = null;
  let count = 0;

  const hear = ({ data }) => {
    if ("chunk" in data) streams.get(data.chunk)?.(data);
    else if ("answer" in data) {
      waiting.get(data.answer)?.(data);
      waiting.delete(data.answer);
    } else for (const [kind, act] of hearers) if (kind in data) act(data[kind], data);
  };

  // One page may speak to the frame: the one around it, from an allowed origin, once.
  addEventListener("message", ({ source, origin, data, ports }) => {
    if (port || source !== parent || parent === window) return;
    if (!allowed.has(origin) || data?.chatkit !== 1 || !ports[0]) return;
    port = ports[0];
    port.onmessage = hear;
  });

  const answered = (message) =>
    new Promise((resolve, reject) => {
      const id = ++count;
      waiting.set(id, ({ value, error }) => (error ? reject(new Error(error)) : resolve(value)));
      port.postMessage(message(id));
    });

  return {
    // The folder that the pages of this host are in.
    base: `${root.dataset.base}/`,
    settings: null,

    on: (kind, act) => hearers.set(kind, act),
    tell: (event, detail) => port?.postMessage({ event, detail }),
    reply: (message) => port.postMessage(message),
    fail: (error) => embedder.tell("chatkit.error", { error }),

    // Whether the page around has this callback, and calling it.
    has: (name) => embedder.settings.callbacks.includes(name),
    ask: (name, ...args) => answered((ask) => ({ ask, name, args })),

    // A response with another body, and as if it came from an address.
    like: ({ status, headers, url }, body, address = url) =>
      Object.defineProperty(new Response(body, { status, headers }), "url", { value: address }),

    // A request that the page around makes; its answer is a Response. `progress` is told what part of
    // a file has been sent.
    async request(args, signal, progress) {
      let id;
      let controller;
      const end = () => {
        streams.delete(id);
        signal?.removeEventListener("abort", abort);
      };
      const abort = () => {
        end();
        port.postMessage({ abort: id });
        waiting.get(id)?.({ error: "Aborted" });
        waiting.delete(id);
        controller.error(new DOMException("Aborted", "AbortError"));
      };
      const body = new ReadableStream({
        start: (given) => void (controller = given),
        cancel: abort,
      });
      signal?.throwIfAborted();
      signal?.addEventListener("abort", abort);
      const { status, headers } = await answered((request) => {
        id = request;
        streams.set(id, ({ value, share, error }) => {
          if (share !== undefined) return progress?.(share);
          if (value) return controller.enqueue(value);
          end();
          if (error) controller.error(new TypeError(error));
          else controller.close();
        });
        return { request, args };
      }).catch((error) => {
        signal?.throwIfAborted();
        throw new TypeError(error.message);
      });
      const empty = status === 204 || status === 304;
      return new Response(empty ? null : body, { status, headers });
    },
  };
})();
