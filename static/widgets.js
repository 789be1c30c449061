// Widgets: a change that sends an action sends it at once, and actions for the browser become
// events, `chatkit.action`, with what ChatKit's own client hands to `onAction`.
document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-submit-on-change]")) return;
  target.closest("[data-widget]").querySelector(":scope > .w-apply")?.click();
});

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-client-action]");
  if (!button) return;
  const detail = {
    action: JSON.parse(button.dataset.clientAction),
    itemId: button.closest("[data-item-id]")?.dataset.itemId,
  };
  button.dispatchEvent(new CustomEvent("chatkit.action", { bubbles: true, detail }));
});

// Deep links are for the page that hosts the chat, not for the browser.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-deeplink]");
  if (!link) return;
  event.preventDefault();
  if (!URL.canParse(link.dataset.deeplink)) return;
  const address = new URL(link.dataset.deeplink);
  const detail = { name: address.host, data: Object.fromEntries(address.searchParams) };
  link.dispatchEvent(new CustomEvent("chatkit.deeplink", { bubbles: true, detail }));
});
