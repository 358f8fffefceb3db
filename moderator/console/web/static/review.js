// The reviewing page's clocks and focus. Each <time data-left="SECONDS"> counts down, and what it stands in, [data-ends],
// is marked once it is over; that decides nothing, the server's clock does. After a swap the focus is on the
// message, and in what is opened on its first field.
"use strict";

(() => {
  const ends = new WeakMap();

  function count() {
    const now = performance.now();
    for (const time of document.querySelectorAll("time[data-left]")) {
      if (!ends.has(time)) ends.set(time, now + 1000 * Number(time.dataset.left));
      const left = Math.max(0, Math.ceil((ends.get(time) - now) / 1000));
      const words = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      if (time.textContent !== words) time.textContent = words;
      time.closest("[data-ends]")?.classList.toggle("over", left === 0);
    }
  }

  function settle() {
    count();
    const { activeElement } = document;
    if (activeElement !== document.body && activeElement?.id !== "main") return; // somebody is at something
    document.querySelector("[data-focus]")?.focus({ preventScroll: true });
  }

  function open({ target, newState }) {
    if (newState === "open" && target.matches(".opens, .wishes")) {
      target.querySelector("select, input:not([type=hidden])")?.focus();
    }
  }

  setInterval(count, 500);
  document.addEventListener("DOMContentLoaded", settle);
  document.addEventListener("htmx:afterSettle", settle);
  document.addEventListener("toggle", open, true);
})();
