// Tools that run in this browser: a call that waits is answered as soon as its turn has ended.
(() => {
  let selected = ""; // what the reader had selected before they went on to write
  const answered = new Set();

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

  const answer = async () => {
    const call = document.querySelector("article[data-client-tool]");
    if (!call || answered.has(call.dataset.callId) || document.hidden) return;
    if (document.getElementById("turn")?.dataset.turn === "running") return;
    const { callId, outputUrl } = call.dataset;
    answered.add(callId);
    const output = await run(call);
    if (output === undefined) return;
    const result = JSON.stringify(output);
    const shown = document.querySelector(`article[data-call-id="${CSS.escape(callId)}"] form`);
    if (shown) htmx.ajax("POST", outputUrl, { source: shown, values: { result } });
    else fetch(outputUrl, { method: "POST", body: new URLSearchParams({ result }) });
  };

  document.addEventListener("htmx:after:swap", answer);
  document.addEventListener("visibilitychange", answer);
  addEventListener("load", answer);
})();
