// Client effects reach the page as ChatKit's own client hands them over: `chatkit.effect`, with
// the effect's name and data as its detail.
document.addEventListener("htmx:sse:before:message", (event) => {
  const { message } = event.detail;
  if (message.event !== "chatkit.effect") return;
  event.preventDefault(); // htmx would hand over the message itself
  const detail = JSON.parse(message.data);
  event.target.dispatchEvent(new CustomEvent("chatkit.effect", { bubbles: true, detail }));
});
