// What every page offers: copying a citable sentence, one figure for another site's page, and the start
// of the figures.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  const embedded = new URLSearchParams(location.search).get("embed");

  const edition = window.tipstat.editions[root.lang];

  // Copies the sentence with its source; where the browser forbids that, selects it for the reader.
  async function copy(button) {
    const status = button.parentElement.querySelector("[role=status]");
    const text = button.dataset.copy.replace("{edition}", edition);
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = button.dataset.copied;
    } catch {
      const box = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
      button.after(box);
      box.select();
      const isCopied = document.execCommand("copy");
      if (isCopied) box.remove();
      status.textContent = isCopied ? button.dataset.copied : button.dataset.select;
    }
  }

  // The HTML that shows a block of this page on another site.
  function frameOf(id) {
    const canonical = document.querySelector("link[rel=canonical]")?.href;
    return `<iframe src="${canonical}?embed=${id}" width="100%" height="620" loading="lazy" title="${document.title}"></iframe>`;
  }

  // A page with `?embed=<panel>` shows that panel alone, with its source.
  function embed(id) {
    const panel = document.getElementById(id);
    if (!panel) return;
    root.classList.add("embed");
    panel.classList.add("embedded");
    location.hash = id;
  }

  // Where a table of years is wider than its place, the newest are in sight first. The column of names,
  // which stays, is widened to hide a year of which only a part would be seen.
  function showNewest() {
    for (const box of document.querySelectorAll(".years.scroll")) {
      box.scrollLeft = box.scrollWidth;
      const [names, ...years] = box.querySelectorAll("thead th");
      const edge = names.getBoundingClientRect().right;
      const cut = years.map((year) => year.getBoundingClientRect()).find((year) => year.left < edge - 1 && year.right > edge + 1);
      if (cut) {
        names.style.minWidth = `${names.offsetWidth + cut.right - edge}px`;
        box.scrollLeft = box.scrollWidth;
      }
    }
  }

  function start() {
    for (const place of document.querySelectorAll(".edition")) place.textContent = edition;
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-copy], [data-embed]");
      if (button?.dataset.embed) button.dataset.copy = frameOf(button.dataset.embed);
      if (button) copy(button);
      if (event.target.closest("[data-print]")) window.print();
      // The other language opens at the same tab, fold or state of the explorer.
      const other = event.target.closest(".languages a");
      if (other && location.hash) other.hash = location.hash;
    });
    if (embedded) embed(embedded);
    window.tipstat.startDrawing?.();
    showNewest();
    document.addEventListener("toggle", showNewest, true);
    // A link to something inside a closed fold opens it. A chart above it that is drawn only now would
    // push it out of sight, so it is shown again then, unless the reader has gone on.
    let target = null;
    const show = () => target?.scrollIntoView({ block: "nearest" });
    const open = () => {
      const linked = document.getElementById(location.hash.slice(1));
      const fold = linked?.closest("details");
      if (!fold) return;
      fold.open = true;
      target = linked;
      show();
    };
    document.addEventListener("drawn", show);
    for (const move of ["pointerdown", "wheel", "keydown", "touchmove"]) document.addEventListener(move, () => { target = null; }, { passive: true });
    window.addEventListener("hashchange", open);
    open();
  }

  start();
})();
