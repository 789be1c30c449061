// A browser has six connections to a host over HTTP/1.1, and every thread that is shown is followed
// by a stream. So that many elements of a page leave some for everything else, a few of them have a
// seat, which the page around gives: they follow by a stream, the others glance at their thread now
// and again. Who shows a thread at rest gets up for one whose answer is being written.
(() => {
  const AT_REST = 1000; // milliseconds between two glances
  const WRITING = 150; // the same, while an answer is written
  const EVENTS = /\/threads\/[^/]+\/events\?/;
  const [{ nextHopProtocol }] = performance.getEntriesByType("navigation");
  const areNeeded = () => embedder.settings.tunnel || !/^h[23]/.test(nextHopProtocol);
  let count = 0;
  let seated = null; // the request that has the seat of this frame
  let wake = () => {};

  const pause = () =>
    new Promise((resolve) => {
      wake = resolve;
      setTimeout(resolve, embedder.responding() ? WRITING : AT_REST);
    });

  // What has come by now, up to the end of a message.
  async function* whole(body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      rest += piece.value;
      const end = rest.lastIndexOf("\n\n") + 2;
      if (end < 2) continue;
      yield rest.slice(0, end);
      rest = rest.slice(end);
    }
  }

  // Makes of `ask`, which asks once for a thread's stream, what goes on with or without a seat.
  const follow = async (init, ask) => {
    const me = { number: ++count, stop: null };
    let last = init.headers["Last-Event-ID"];
    let isOver = false;

    const leave = () => {
      if (seated !== me) return;
      seated = null;
      embedder.tell("seat.left", me.number);
    };
    const open = async () => {
      for (;;) {
        if (await embedder.ask("seat", me.number)) seated = me;
        const headers = { ...init.headers };
        if (last) headers["Last-Event-ID"] = last;
        if (seated !== me) headers["chatkit-glance"] = "1";
        me.stop = new AbortController();
        if (isOver) me.stop.abort();
        try {
          return await ask({ ...init, headers, signal: me.stop.signal });
        } catch (error) {
          const isUp = me.stop.signal.aborted && !isOver;
          leave();
          if (!isUp) throw error;
        }
      }
    };
    const end = () => {
      isOver = true;
      me.stop?.abort();
      wake();
    };
    async function* messages(response) {
      try {
        while (response.ok && !isOver) {
          try {
            for await (const text of whole(response.body)) {
              last = [...text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1] ?? last;
              yield text;
            }
            if (seated === me) return;
          } catch (error) {
            if (!me.stop.signal.aborted || isOver) throw error;
          }
          await pause();
          if (!isOver) response = await open();
        }
      } finally {
        leave();
      }
    }

    init.signal?.addEventListener("abort", end);
    const response = await open();
    if (!response.ok) {
      leave();
      return response;
    }
    const texts = messages(response);
    const body = new ReadableStream({
      async pull(controller) {
        const { done, value } = await texts.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        end();
        await texts.return();
        leave(); // also where nothing has been read yet
      },
    });
    return embedder.like(response, body.pipeThrough(new TextEncoderStream()));
  };

  // Answers a request, which `ask` asks once.
  embedder.follow = (path, init, ask) =>
    areNeeded() && EVENTS.test(path) ? follow(init, ask) : ask(init);

  // What this frame has begun itself is seen at once.
  embedder.hurry = () => wake();
  embedder.on("getUp", () => {
    const { stop } = seated ?? {};
    seated = null;
    stop?.abort();
  });
})();
