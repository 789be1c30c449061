// Files in the frame: they go where the options say, and where no cookie names the reader they
// come by requests of the frame, as pictures and downloads made from what was fetched.
(() => {
  const MOST = 50; // pictures that are kept though they are not shown any more
  const fetched = new Map(); // address -> the picture's own address

  const picture = (address) => {
    if (!fetched.has(address)) {
      const made = fetch(address).then(async (response) => {
        if (!response.ok) throw new Error(response.status);
        return URL.createObjectURL(await response.blob());
      });
      made.catch(() => fetched.delete(address));
      fetched.set(address, made);
      forget();
    }
    return fetched.get(address);
  };

  const isShown = (address) =>
    [...document.querySelectorAll("[data-attachment]")].some(({ dataset }) => dataset.attachment === address);
  const forget = () => {
    if (fetched.size <= MOST) return;
    for (const [address, made] of fetched) {
      if (fetched.size <= MOST) return;
      if (isShown(address)) continue;
      fetched.delete(address);
      made.then(URL.revokeObjectURL, () => {});
    }
  };

  const show = async (image) => {
    const address = image.dataset.attachment;
    const made = await picture(address).catch(() => "");
    if (image.dataset.attachment === address && image.src !== made) image.src = made;
  };

  const look = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.matches("[data-attachment]")) show(node);
    node.querySelectorAll("[data-attachment]").forEach(show);
  };

  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "childList") addedNodes.forEach(look);
      else if (target.dataset.attachment && !target.getAttribute("src")) show(target);
    }
  }).observe(document.documentElement, {
    subtree: true,
    childList: true,
    attributeFilter: ["src", "data-attachment"],
  });

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href*='/attachments/'], a[download]");
    if (!link || new URL(link.href).origin !== location.origin || embedder.hasCookies()) return;
    event.preventDefault();
    const response = await fetch(link.href);
    if (!response.ok) return embedder.fail(`The file could not be fetched: ${response.status}`);
    const said = response.headers.get("Content-Disposition") ?? "";
    const name = /filename\*=UTF-8''([^;]+)/i.exec(said)?.[1];
    const download = Object.assign(document.createElement("a"), {
      href: URL.createObjectURL(await response.blob()),
      download: name ? decodeURIComponent(name) : /filename="([^"]+)"/i.exec(said)?.[1] ?? "",
    });
    download.click();
    setTimeout(() => URL.revokeObjectURL(download.href), 60_000);
  });

  // The page around sends a file, wherever it goes.
  const send = (url, file, { method = "POST", headers = {}, form = false }, { signal, progress }) => {
    const own = new URL(url).origin === location.origin;
    const content = form ? { form: file } : { body: file };
    const named = own ? { ...headers, ...embedder.authorised() } : headers;
    return embedder.request({ url, method, headers: named, ...content }, signal, progress);
  };

  const answer = async (response) => {
    const given = await response.json().catch(() => null);
    if (!response.ok) throw new Error(given?.error?.message ?? "");
    return given;
  };

  const inTwoPhases = async (file, how) => {
    const params = { name: file.name, size: file.size, mime_type: file.type || "application/octet-stream" };
    const attachment = await answer(
      await fetch(`${embedder.base}chatkit`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ type: "attachments.create", params }),
        signal: how.signal,
      }),
    );
    const { url, method, headers } = attachment.upload_descriptor;
    const response = await send(url, file, { method, headers }, how);
    if (!response.ok) await answer(response);
    return attachment;
  };

  const upload = (file, how) => {
    const strategy = embedder.settings.upload;
    if (strategy?.type === "two_phase") return inTwoPhases(file, how);
    const here = new URL(`${embedder.base}attachments`, location.origin).href;
    return send(strategy?.uploadUrl ?? here, file, { form: true }, how).then(answer);
  };

  document.addEventListener("composer:upload", (event) => {
    const { content, done, failed, ...how } = event.detail;
    event.preventDefault();
    upload(content, how).then(done, ({ message }) => {
      if (how.signal.aborted) return;
      failed(message);
      embedder.fail(message || `${content.name} could not be sent`);
    });
  });
})();
