// Keys. An element with data-key="1" is clicked by that key, or focused where there is nothing to click; `?` opens the
// legend of all that are visible. No key works while somebody types, but for Enter and Escape.
"use strict";

(() => {
  const legend = () => document.getElementById("legend");
  const named = (key) => (key.length === 1 ? key.toLowerCase() : key);
  const visible = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled;
  const keyed = () => [...document.querySelectorAll("[data-key]")].filter(visible);

  function typing(element) {
    const choice = element instanceof HTMLInputElement && ["checkbox", "radio"].includes(element.type);
    return element instanceof HTMLElement && !choice && element.matches("input, textarea, select, [contenteditable]");
  }

  function words(element) {
    if (element.dataset.keyLabel) return element.dataset.keyLabel;
    const label = element.labels?.[0];
    const copy = (label?.querySelector("span") ?? label ?? element).cloneNode(true);
    copy.querySelectorAll("kbd").forEach((hint) => hint.remove());
    return copy.textContent.trim().replace(/\s+/g, " ") || element.getAttribute("aria-label") || "";
  }

  function openLegend() {
    const list = legend().querySelector(".keys");
    const shown = new Map([["?", "This legend"], ["Escape", "Leave a field, close this"]]);
    for (const element of keyed()) {
      if (!shown.has(element.dataset.key)) shown.set(element.dataset.key, words(element));
    }
    list.replaceChildren(
      ...[...shown].flatMap(([key, label]) => {
        const [term, hint, meaning] = ["dt", "kbd", "dd"].map((name) => document.createElement(name));
        hint.textContent = key;
        term.append(hint);
        meaning.textContent = label;
        return [term, meaning];
      }),
    );
    legend().showModal();
  }

  function use(element) {
    if (element.matches("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select")) element.focus();
    else element.click();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    if (event.key === "Escape" && typing(event.target)) return event.target.blur();
    if (event.key === "Enter" && event.target.matches("select") && event.target.form) {
      event.preventDefault(); // some browsers open the list: here Enter sends the form, as in any other field
      return event.target.form.requestSubmit();
    }
    if (typing(event.target) || legend().open) return;
    if (event.key === "?") return openLegend();
    const meant = keyed().find((element) => named(element.dataset.key) === named(event.key));
    if (!meant) return;
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return; // that one's own
    event.preventDefault();
    use(meant);
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-legend]")) openLegend();
  });

  // After a swap the focus is nowhere: those who hear the page begin at its content.
  document.addEventListener("htmx:afterSettle", () => {
    if (document.activeElement === document.body) document.getElementById("main").focus({ preventScroll: true });
  });
})();
