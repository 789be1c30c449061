// Dictation: what is said is recorded, written down by the server, and put into the field.
(() => {
  const LONGEST = 5 * 60_000; // milliseconds
  const form = () => document.querySelector("form[data-composer]");
  const button = () => form()?.querySelector("[data-dictate]");
  const alertReader = (detail) => document.dispatchEvent(new CustomEvent("page:alert", { detail }));
  const { base } = document.documentElement.dataset;
  const words = document.getElementById("words").dataset;
  let recorder = null;
  let writing = false; // whether the server writes down what was said

  const show = () => {
    if (!button()) return;
    const label = recorder ? words.dictating : words.dictate;
    button().setAttribute("aria-pressed", !!recorder);
    button().setAttribute("aria-label", label);
    button().title = label;
    button().ariaBusy = writing;
  };

  const encoded = (blob) =>
    new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(blob);
    });

  const insert = (text) => {
    const field = form()?.elements.text;
    if (!field || !text) return;
    const before = field.value.slice(0, field.selectionStart);
    const said = /\S$/.test(before) ? ` ${text}` : text;
    field.setRangeText(said, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus({ preventScroll: true });
  };

  const write = async (blob) => {
    writing = true;
    show();
    try {
      const params = { audio_base64: await encoded(blob), mime_type: blob.type };
      const response = await fetch(`${base}/chatkit`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ type: "input.transcribe", params }),
      });
      const answer = await response.json();
      if (response.ok) insert(answer.text);
      else alertReader(answer.error?.message ?? words.notWritten);
    } catch {
      alertReader(words.unreachableSpeech);
    }
    writing = false;
    show();
  };

  const begin = async () => {
    let sound;
    try {
      sound = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      return alertReader(words.microphoneRefused);
    }
    const pieces = [];
    const recording = (recorder = new MediaRecorder(sound, { audioBitsPerSecond: 32_000 }));
    recording.ondataavailable = ({ data }) => pieces.push(data);
    recording.onstop = () => {
      for (const track of sound.getTracks()) track.stop();
      recorder = null;
      show();
      if (!recording.discarded) write(new Blob(pieces, { type: recording.mimeType }));
    };
    recording.start();
    setTimeout(() => recording.state === "recording" && recording.stop(), LONGEST);
    show();
  };

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-dictate]") || writing) return;
    if (recorder) recorder.stop();
    else begin();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !recorder) return;
    recorder.discarded = true;
    recorder.stop();
  });
  document.addEventListener("composer:restore", () => {
    if (recorder) recorder.discarded = true;
    recorder?.stop();
  });
  document.addEventListener("composer:shown", show);
})();
