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

  const answer = () => {
    const call = document.querySelector("article[data-client-tool]");
    const tool = call && tools[call.dataset.clientTool];
    if (!tool || answered.has(call.dataset.callId) || document.hidden) return;
    if (document.getElementById("turn")?.dataset.turn === "running") return;
    answered.add(call.dataset.callId);
    const result = JSON.stringify(tool(JSON.parse(call.dataset.arguments)));
    htmx.ajax("POST", call.dataset.outputUrl, {
      source: call.querySelector("form"),
      values: { result },
    });
  };

  document.addEventListener("htmx:after:swap", answer);
  document.addEventListener("visibilitychange", answer);
  addEventListener("load", answer);
})();
