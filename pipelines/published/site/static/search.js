// Finds a state by the beginning of any word of its names, in any language, or by its code. Without
// scripts the page shows the list of all states.
(() => {
  "use strict";

  function plain(text) {
    const bare = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    return ` ${bare.replace(/[^\p{L}\p{N}]+/gu, " ").trim()}`;
  }

  function start() {
    const finder = document.querySelector(".finder");
    if (!finder) return;
    const input = finder.querySelector("input");
    const status = finder.querySelector("[role=status]");
    const states = Array.from(finder.querySelectorAll("[data-names]"), (item) => ({
      item,
      link: item.querySelector("a"),
      names: plain(item.dataset.names),
    }));

    function found() {
      return states.filter(({ item }) => !item.hidden);
    }

    function find() {
      const wanted = plain(input.value);
      for (const { item, names } of states) item.hidden = !names.includes(wanted);
      status.textContent = status.dataset.said.replace("{count}", found().length);
    }

    function lead(event) {
      const [first, ...others] = found();
      if (event.key === "Enter" && first && !others.length) first.link.click();
      if (event.key === "ArrowDown" && first) {
        event.preventDefault();
        first.link.focus();
      }
      if (event.key === "Escape" && input.value) {
        event.preventDefault();
        input.value = "";
        find();
      }
    }

    function arrive() {
      if (location.hash === "#find") input.focus();
    }

    input.addEventListener("input", find);
    input.addEventListener("keydown", lead);
    window.addEventListener("hashchange", arrive);
    finder.querySelector(".wanted").hidden = false;
    arrive();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
