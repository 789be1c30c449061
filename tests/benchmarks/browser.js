// Measures, in the page, what a person waits for: until the frame that shows it.
globalThis.measure = (() => {
  let tasks = 0;
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) tasks += task.duration;
  }).observe({ type: "longtask", buffered: true });

  const painted = () =>
    new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))));

  // When something holds that changes of the page bring about.
  const until = (holds) =>
    new Promise((done) => {
      if (holds()) return done(painted());
      const observer = new MutationObserver(() => {
        if (!holds()) return;
        observer.disconnect();
        done(painted());
      });
      observer.observe(document, { childList: true, characterData: true, subtree: true });
    });

  const newest = () => {
    const answers = document.querySelectorAll("#items > article.assistant_message");
    return answers[answers.length - 1];
  };
  const ends = (answer, last) => {
    const text = answer?.querySelector(".markdown")?.textContent;
    return text !== undefined && text.trimEnd().endsWith(last);
  };

  const firstPaint = () =>
    new Promise((done) => {
      new PerformanceObserver((list) => {
        const paint = list.getEntriesByName("first-contentful-paint")[0];
        if (paint) done(paint.startTime);
      }).observe({ type: "paint", buffered: true });
    });

  return {
    firstPaint,
    longTasks: () => tasks,
    shown: async () => {
      const paint = await firstPaint();
      const [navigation] = performance.getEntriesByType("navigation");
      return Math.max(paint, navigation.domContentLoadedEventEnd);
    },

    async say(text, last) {
      const form = document.querySelector("form[data-composer]");
      const before = newest()?.id;
      tasks = 0;
      form.elements.text.value = text;
      const started = performance.now();
      form.requestSubmit(form.querySelector("button.send"));
      const fresh = () => (newest()?.id === before ? undefined : newest());
      const first = until(() => fresh()?.querySelector(".markdown")?.textContent.trim());
      const end = until(() => ends(fresh(), last));
      return { first: (await first) - started, last: (await end) - started };
    },

    async follow(last) {
      const started = performance.now();
      document.querySelector(".thread-link").click();
      return (await until(() => ends(newest(), last))) - started;
    },
  };
})();
