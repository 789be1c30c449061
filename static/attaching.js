// Files of a message: chosen, dropped or pasted, they are uploaded while one writes.
(() => {
  const form = () => document.querySelector("form[data-composer]");
  const input = () => form()?.elements.file;
  const changed = () => document.dispatchEvent(new Event("composer:changed"));
  const alertReader = (detail) => document.dispatchEvent(new CustomEvent("page:alert", { detail }));
  const { base } = document.documentElement.dataset;
  const words = document.getElementById("words").dataset;
  const isFramed = "framed" in document.documentElement.dataset;
  let files = []; // {name, type, id, share, error, upload, picture, sent}
  let waiting = false; // whether the message goes as soon as the files are there

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const limit = (type) => {
    const sizes = JSON.parse(input().dataset.sizes);
    return sizes[type] ?? sizes[`${type.split("/")[0]}/*`] ?? sizes["*"];
  };

  const row = (file) => {
    const remove = element("button", { type: "button", textContent: "×" });
    remove.setAttribute("aria-label", words.remove.replace("{name}", () => file.name));
    remove.addEventListener("click", () => drop(file));
    const made = element("li", { className: "file" });
    if (file.picture) made.append(element("img", { src: file.picture, alt: "" }));
    made.append(element("span", { className: "file-name", textContent: file.name }));
    if (file.error) made.append(element("span", { className: "file-error", textContent: file.error }));
    else if (!file.id) {
      const bar = element("progress", { max: 1 });
      if (file.share !== null) bar.value = file.share;
      bar.setAttribute("aria-label", words.uploading.replace("{name}", () => file.name));
      made.append((file.bar = bar));
    } else made.append(element("input", { type: "hidden", name: "attachment", value: file.id }));
    made.classList.toggle("failed", !!file.error);
    made.append(remove);
    return made;
  };

  const show = () => form()?.querySelector("[data-chosen]").replaceChildren(...files.map(row));

  const keep = (kept) => {
    const gone = files.filter((file) => file.picture && !kept.includes(file));
    for (const { picture } of gone) URL.revokeObjectURL(picture);
    files = kept;
  };

  const drop = (file) => {
    keep(files.filter((other) => other !== file));
    file.upload?.abort();
    if (file.id) {
      const asked = { type: "attachments.delete", params: { attachment_id: file.id } };
      const body = JSON.stringify(asked);
      const headers = { "Content-Type": "application/json" };
      const sent = { method: "POST", body, headers, keepalive: true };
      fetch(`${base}/chatkit`, sent).catch(() => {});
    }
    show();
    changed();
    form().elements.text.focus({ preventScroll: true });
  };

  const settle = (file) => {
    show();
    changed();
    if (!waiting || files.some(({ id, error }) => !id && !error)) return;
    waiting = false;
    form().querySelector("button.send")?.removeAttribute("aria-busy");
    if (!file.error) form().requestSubmit();
    else alertReader(file.error);
  };

  const advance = (file, share) => {
    file.share = share;
    if (file.bar) file.bar.value = share;
  };

  // A page that embeds this one may send files elsewhere, and need not know how far they are.
  const isTaken = (file, content) => {
    const controller = (file.upload = new AbortController());
    const end = (values) => {
      Object.assign(file, values);
      settle(file);
    };
    const detail = {
      content,
      signal: controller.signal,
      progress: (share) => advance(file, share),
      done: ({ id }) => end({ id }),
      failed: (message) => end({ error: message || words.notUploaded }),
    };
    return !document.dispatchEvent(new CustomEvent("composer:upload", { cancelable: true, detail }));
  };

  const upload = (file, content) => {
    if (isTaken(file, content)) return;
    const request = (file.upload = new XMLHttpRequest());
    const body = new FormData();
    body.append("file", content, file.name);
    request.upload.onprogress = ({ loaded, total }) => advance(file, loaded / total);
    request.onload = () => {
      const answer = request.response;
      if (request.status < 400 && answer?.id) file.id = answer.id;
      else file.error = answer?.error?.message ?? words.notUploaded;
      settle(file);
    };
    request.onerror = () => {
      file.error = words.unreachable;
      settle(file);
    };
    request.responseType = "json";
    request.open("POST", `${base}/attachments`);
    request.send(body);
  };

  const add = (chosen) => {
    if (!input()) return;
    const most = +input().dataset.count;
    for (const content of chosen) {
      if (files.length >= most) {
        alertReader(words.tooMany.replace("{number}", most));
        break;
      }
      const file = { name: content.name, type: content.type, share: isFramed ? null : 0 };
      if (content.type.startsWith("image/")) file.picture = URL.createObjectURL(content);
      files.push(file);
      const [bytes, said] = limit(content.type);
      if (content.size > bytes) file.error = words.tooLarge.replace("{size}", said);
      else upload(file, content);
    }
    show();
  };

  document.addEventListener("change", ({ target }) => {
    if (!target.files || target !== input()) return;
    add(target.files);
    target.value = "";
  });
  document.addEventListener("paste", (event) => {
    if (event.target !== form()?.elements.text || !event.clipboardData.files.length || !input()) return;
    event.preventDefault();
    add(event.clipboardData.files);
  });
  const isDrag = (event) => input() && !form().hidden && event.dataTransfer?.types.includes("Files");
  const mark = (dragging) => document.documentElement.classList.toggle("dragging", dragging);
  document.addEventListener("dragover", (event) => {
    if (!isDrag(event)) return;
    event.preventDefault();
    mark(true);
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget ?? mark(false));
  document.addEventListener("drop", (event) => {
    mark(false);
    if (!isDrag(event)) return;
    event.preventDefault();
    add(event.dataTransfer.files);
  });
  // A message waits for its files, and for the removal of those that were refused.
  document.addEventListener(
    "submit",
    (event) => {
      if (event.target !== form()) return;
      const failed = files.find(({ error }) => error);
      const pending = files.some(({ id, error }) => !id && !error);
      if (!failed && !pending) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (pending) form().querySelector("button.send")?.setAttribute("aria-busy", "true");
      else alertReader(failed.error);
      waiting = pending;
    },
    true,
  );

  document.addEventListener("composer:keep", ({ detail }) => {
    const there = files.filter(({ id, sent }) => id && !sent);
    if (there.length) detail.files = there.map(({ id, name, type }) => ({ id, name, type }));
  });
  document.addEventListener("composer:restore", ({ detail }) => {
    for (const file of files) file.upload?.abort();
    const picture = ({ id, type }) =>
      type.startsWith("image/") && !isFramed ? `${base}/attachments/${encodeURIComponent(id)}` : "";
    keep((detail.files ?? []).map((file) => ({ ...file, picture: picture(file) })));
    waiting = false;
    show();
  });
  document.addEventListener("composer:sending", () => {
    for (const file of files) file.sent = true;
  });
  document.addEventListener("composer:sent", () => {
    keep(files.filter(({ sent }) => !sent));
    show();
  });
})();
