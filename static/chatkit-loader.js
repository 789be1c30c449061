// Loads the element from another address first, `data-src`, a CDN say; where nothing has defined it
// from there within `data-patience` milliseconds (3000), the one beside this script does.
(() => {
  const { src: own, nonce, dataset } = document.currentScript;
  let fallen = false;

  const load = (src, failed) => {
    const script = Object.assign(document.createElement("script"), { src, nonce, async: true });
    script.onerror = failed;
    document.head.append(script);
  };

  const fallBack = () => {
    if (fallen || customElements.get("openai-chatkit")) return;
    fallen = true;
    load(new URL("chatkit.js", own).href);
  };

  if (!dataset.src) return fallBack();
  load(dataset.src, fallBack);
  setTimeout(fallBack, +(dataset.patience || 3000));
})();
