// A click on an entity tells the page that embeds the thread, as `chatkit.entity` with the entity
// as its detail. Who handles it may prevent the preview that the page itself would show.
document.addEventListener("click", (event) => {
  const shown = event.target.closest("[data-entity]");
  if (!shown || !event.target.closest("summary, a, button")) return;
  const detail = JSON.parse(shown.dataset.entity);
  const told = new CustomEvent("chatkit.entity", { bubbles: true, cancelable: true, detail });
  if (!shown.dispatchEvent(told)) event.preventDefault();
});
