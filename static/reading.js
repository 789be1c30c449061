// Scrolling and announcing: the reader stays where they are, and hears once that an answer is there.
(() => {
  const NEAR = 96; // pixels from the end at which the reader counts as being there
  const LONGEST = 600; // characters of an answer that are read out
  const page = document.documentElement;
  let following = false;
  let anchor = null; // what the reader looked at while earlier messages are put above it
  let last = 0; // where the page was scrolled to
  let running = false;
  let known; // the id of what was the newest item when something was said
  let address = location.pathname;

  // Whether the page keeps to the end while an answer grows, or only shows where it begins.
  const keepsFollowing = () => !("withoutFollowing" in page.dataset);

  const isThread = () => document.querySelector("#main[data-thread]") !== null;
  const distance = () => page.scrollHeight - innerHeight - scrollY;
  const toEnd = () => scrollTo({ top: page.scrollHeight, behavior: "instant" });

  const turn = () => document.getElementById("turn")?.dataset.turn;

  const items = () => document.querySelectorAll("#items > article");

  const announce = () => {
    const newest = [...items()].at(-1);
    const was = running;
    running = turn() === "running" || (was && newest?.id === known);
    if (!was || running) return;
    const text = (newest?.querySelector(".markdown") ?? newest)?.innerText ?? "";
    document.getElementById("announcement").textContent = text.trim().slice(0, LONGEST);
  };

  const arrive = () => {
    running = turn() === "running";
    const aimed = location.hash && location.hash !== "#latest";
    following = isThread() && !aimed;
    if (following) toEnd();
  };

  // Who scrolls up wants to read there; who comes back near the end wants to follow.
  const scrolled = () => {
    const upwards = scrollY < last;
    last = scrollY;
    if (upwards) following = following && distance() < 2;
    else if (distance() < NEAR) following = isThread() && (keepsFollowing() || turn() !== "running");
  };

  addEventListener("scroll", scrolled, { passive: true });
  new ResizeObserver(() => following && toEnd()).observe(document.body);

  document.addEventListener("submit", ({ target }) => {
    if (!target.matches("[data-composer], #turn form")) return;
    following = running = isThread();
    known = [...items()].at(-1)?.id;
  });
  document.addEventListener("htmx:before:swap", ({ detail }) => {
    const earlier = detail.tasks?.some(({ swapSpec }) => swapSpec?.style === "afterend");
    const first = earlier && document.querySelector("#items > article");
    if (!first) return;
    page.style.overflowAnchor = "none";
    anchor = { first, top: first.getBoundingClientRect().top };
  });
  document.addEventListener("htmx:after:swap", () => {
    if (following && !keepsFollowing() && turn() === "running") {
      toEnd();
      following = false;
    }
    if (anchor) {
      scrollBy({ top: anchor.first.getBoundingClientRect().top - anchor.top, behavior: "instant" });
      anchor = null;
      requestAnimationFrame(() => (page.style.overflowAnchor = ""));
    }
    announce();
    if (location.pathname === address) return;
    address = location.pathname;
    scrollTo({ top: 0, behavior: "instant" });
    arrive();
    if (document.hasFocus() && document.activeElement === document.body) {
      document.getElementById("content")?.focus({ preventScroll: true });
    }
  });
  arrive();
})();
