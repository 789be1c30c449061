import { ChatKit, useChatKit } from "@openai/chatkit-react";
import { useEffect, useState } from "react";
import { entities, preview } from "./plants.js";

const HOST = import.meta.env.VITE_CHATKIT;

const threadInAddress = () => new URLSearchParams(location.search).get("thread");

function showInAddress(thread) {
  const address = new URL(location.href);
  if (thread) address.searchParams.set("thread", thread);
  else address.searchParams.delete("thread");
  history.replaceState(null, "", address);
}

export function App() {
  const [scheme, setScheme] = useState("light");
  const [basket, setBasket] = useState([]);
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);

  const chat = useChatKit({
    api: {
      url: `${HOST}/chatkit`,
      domainKey: "local",
      uploadStrategy: { type: "direct", uploadUrl: `${HOST}/attachments` },
    },
    initialThread: threadInAddress(),
    theme: { colorScheme: scheme, radius: "round", color: { accent: { primary: "#2f6f4f", level: 1 } } },
    header: {
      rightAction: {
        icon: scheme === "dark" ? "light-mode" : "dark-mode",
        onClick: () => setScheme(scheme === "dark" ? "light" : "dark"),
      },
    },
    history: { enabled: true, showDelete: true, showRename: true },
    startScreen: {
      greeting: "What grows in your garden?",
      prompts: [
        { label: "Show me a plant", prompt: "Show me a plant", icon: "lucide:flower" },
        { label: "Make it dark", prompt: "Make it dark", icon: "lucide:moon" },
        { label: "Celebrate", prompt: "Celebrate", icon: "confetti" },
      ],
    },
    threadItemActions: { feedback: true, retry: true },
    composer: {
      placeholder: "Ask the gardener",
      attachments: { enabled: true, maxCount: 3, accept: { "image/*": [".png", ".jpg"], "text/plain": [".txt"] } },
      tools: [
        { id: "diagnose", label: "Diagnose a plant", shortLabel: "Diagnose", icon: "search", pinned: true },
        { id: "plan", label: "Plan a bed", icon: "calendar" },
      ],
      models: [
        { id: "seedling", label: "Seedling", description: "Quick", default: true },
        { id: "oak", label: "Oak", description: "Thorough" },
      ],
    },
    disclaimer: { text: "The gardener may err." },
    entities: {
      showComposerMenu: true,
      onTagSearch: async (query) =>
        entities.filter(({ title }) => title.toLowerCase().includes(query.trim().toLowerCase())),
      onRequestPreview: async (entity) => ({ preview: preview(entity) }),
      onClick: ({ title }) => setNote(`You looked at ${title}.`),
    },
    widgets: {
      async onAction(action, item) {
        if (action.type !== "basket.add") return;
        setBasket((plants) => [...plants, action.payload.plant]);
        await chat.sendCustomAction({ type: "basket.added", payload: action.payload }, item.id);
      },
    },
    onClientTool({ name, params }) {
      if (name !== "switch_theme") throw new Error(`There is no tool ${name}`);
      setScheme(params.scheme);
      return { scheme: params.scheme };
    },
    onEffect: ({ name, data }) => name === "celebrate" && setNote(`${data.with} for everyone!`),
    onThreadChange: ({ threadId }) => showInAddress(threadId),
    onResponseStart: () => setBusy(true),
    onResponseEnd: () => setBusy(false),
    onError: ({ error }) => setNote(error.message),
  });

  useEffect(() => {
    document.documentElement.dataset.scheme = scheme;
  }, [scheme]);

  return (
    <div className="shop">
      <aside>
        <h1>The garden shop</h1>
        <p className="note" role="status">
          {note || "Mention a plant with @, attach a picture, or press what is offered."}
        </p>
        <h2>Basket</h2>
        {basket.length ? (
          <ul>
            {basket.map((plant, at) => (
              <li key={at}>{plant}</li>
            ))}
          </ul>
        ) : (
          <p className="empty">Nothing yet</p>
        )}
        <div className="buttons">
          <button disabled={busy} onClick={() => chat.setThreadId(null)}>
            New chat
          </button>
          <button onClick={() => chat.showHistory()}>History</button>
          <button disabled={busy} onClick={() => chat.sendUserMessage({ text: "Show me a plant" })}>
            Show a plant
          </button>
          <button
            onClick={async () => {
              await chat.setComposerValue({ text: "What needs shade?", selectedToolId: "plan" });
              await chat.focusComposer();
            }}
          >
            Write for me
          </button>
        </div>
      </aside>
      <ChatKit control={chat.control} className="chat" />
    </div>
  );
}
