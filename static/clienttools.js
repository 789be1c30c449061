// Tools that run in this browser: a call that waits is answered as soon as its turn has ended.
(() => {
  let selected = ""; // what the reader had selected before they went on to write
  const answered = new Set();
  const begun = new Set(); // the turns that this page began
  const found = new Set(); // the calls that waited when their thread was opened here

  const tools = {
    get_selected_text: () => ({ text: selected }),
  };

  document.addEventListener("selectionchange", () => {
    const text = String(getSelection()).trim();
    if (text) selected = text;
    else if (!document.activeElement?.closest("form")) selected = "";
  });

  // A page that embeds this one may run tools of its own.
  const run = (call) => {
    const { clientTool: name, arguments: given } = call.dataset;
    const params = JSON.parse(given);
    const detail = { name, params, known: Object.hasOwn(tools, name), result: undefined };
    const event = new CustomEvent("chatkit.client_tool", { bubbles: true, cancelable: true, detail });
    if (!call.dispatchEvent(event)) return detail.result;
    return detail.known ? tools[name](params) : undefined;
  };

  const waiting = () => document.querySelector("article[data-client-tool]");

  const answer = async () => {
    const call = waiting();
    const { turn, turnId } = document.getElementById("turn")?.dataset ?? {};
    if (!call || answered.has(call.dataset.callId) || document.hidden) return;
    if (turn === "running") return;
    const { callId, outputUrl } = call.dataset;
    if (!begun.has(turnId) && !found.has(callId)) return;
    answered.add(callId);
    const output = await run(call);
    if (output === undefined) return;
    const result = JSON.stringify(output);
    const shown = document.querySelector(`article[data-call-id="${CSS.escape(callId)}"] form`);
    if (shown) htmx.ajax("POST", outputUrl, { source: shown, values: { result } });
    else note(await fetch(outputUrl, { method: "POST", body: new URLSearchParams({ result }) }));
  };

  // Several pages may show a thread, as elements of one page do: the one that was spoken to runs
  // its tools.
  const note = ({ headers }) => headers.has("ChatKit-Turn") && begun.add(headers.get("ChatKit-Turn"));
  const find = () => waiting() && found.add(waiting().dataset.callId);

  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (ctx.response) note(ctx.response.raw);
    if (ctx.request?.method === "GET" && !ctx.quiet && !ctx.sourceElement.hasAttribute("hx-sse:connect")) find();
    answer();
  });
  document.addEventListener("visibilitychange", answer);
  addEventListener("load", () => {
    find();
    answer();
  });
})();
