// Lets a reader choose states. Screen readers announce the choice, and the address keeps it, so that
// it can be shared. Without scripts or a choice, the page shows every state.
(() => {
  "use strict";
  const PREFIX = "#states=";

  function start() {
    const chooser = document.querySelector(".chooser");
    if (!chooser) return;
    const boxes = Array.from(chooser.querySelectorAll("input[type=checkbox]"));
    const status = chooser.querySelector("[role=status]");

    function show() {
      const chosen = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
      for (const part of document.querySelectorAll("main [data-state]")) {
        part.hidden = !chosen.has(part.dataset.state);
      }
      return Array.from(chosen);
    }

    // Panels on a common scale keep one: the scale of the visible panels.
    const shared = Array.from(document.querySelectorAll("[data-greatest]"));
    let scale = null;

    function fit(box) {
      if (scale && box.data && box.closest("[data-greatest]")) Plotly.relayout(box, { ...scale });
    }

    function rescale() {
      const tops = shared.filter((part) => !part.hidden).map((part) => Number(part.dataset.greatest));
      if (!tops.length) return;
      const range = [0, Math.max(...tops) * 1.15];
      scale = { "yaxis.range": range, "yaxis.tickmode": "auto", "yaxis.nticks": 4 };
      for (const part of shared) fit(part.querySelector(".chart"));
    }

    function keep(chosen) {
      const hash = chosen.length === boxes.length ? "" : PREFIX + chosen.join(",");
      history.replaceState(null, "", hash || location.pathname + location.search);
      for (const link of document.querySelectorAll(".languages a")) link.hash = hash;
    }

    function choose() {
      const chosen = show();
      rescale();
      keep(chosen);
      status.textContent = status.dataset.said.replace("{count}", chosen.length);
    }

    // Ignores states that the page does not have.
    function read() {
      if (!location.hash.startsWith(PREFIX)) return;
      const wanted = new Set(location.hash.slice(PREFIX.length).split(","));
      for (const box of boxes) box.checked = wanted.has(box.value);
      choose();
    }

    chooser.addEventListener("change", choose);
    chooser.addEventListener("click", (event) => {
      const wish = event.target.dataset.choose;
      if (!wish) return;
      for (const box of boxes) box.checked = wish === "all";
      choose();
    });
    window.addEventListener("hashchange", read);
    document.addEventListener("drawn", (event) => fit(event.target));
    chooser.hidden = false;
    read();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
