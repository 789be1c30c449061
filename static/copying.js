// Copy buttons: the code of their figure, or the text that they carry.
document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy], [data-copy-text]");
  if (!button) return;
  const code = button.closest("figure")?.querySelector("code");
  await navigator.clipboard.writeText(button.dataset.copyText ?? code?.textContent ?? "");
  button.dataset.copied = "";
  setTimeout(() => delete button.dataset.copied, 1500);
});
