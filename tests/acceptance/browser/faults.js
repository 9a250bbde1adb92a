// What a reader would stumble over, as functions that return a line of text for each fault.
(() => {
  "use strict";

  const shown = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const words = (text) => JSON.stringify(text.trim().replace(/\s+/g, " ").slice(0, 60));
  const place = (element) => {
    const named = element.closest("[id]");
    return `${element.tagName.toLowerCase()} in #${named ? named.id : ""}`;
  };
  // Elements that are on the page for a screen reader alone.
  const forEyes = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.right > 0 && box.bottom + scrollY > 0;
  };

  // Scrolled under the first column of a table of years, which stays.
  const isCovered = (parent, box) => {
    const first = parent.closest(".years tr")?.cells[0];
    return Boolean(first) && !first.contains(parent) && box.left < first.getBoundingClientRect().right;
  };

  // The part of a box that is in sight of the strips and tables that scroll around it.
  function inSight(parent, { left, right, top, bottom, height }) {
    for (let around = parent; around !== document.body; around = around.parentElement) {
      if (!["auto", "scroll"].includes(getComputedStyle(around).overflowX)) continue;
      const limit = around.getBoundingClientRect();
      [left, right] = [Math.max(left, limit.left), Math.min(right, limit.right)];
    }
    return { left, right, top, bottom, height };
  }

  function texts() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const parent = node.parentElement;
      if (!node.data.trim() || parent.closest("script, style, noscript, svg")) continue;
      if (!shown(parent) || !forEyes(parent)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter((box) => !isCovered(parent, box));
      for (const box of boxes) found.push({ words: node.data, parent, box });
    }
    return found;
  }

  function drawn() {
    const found = [];
    for (const text of document.querySelectorAll("svg text")) {
      if (!shown(text) || !text.textContent.trim()) continue;
      const lines = text.querySelectorAll("tspan.line");
      for (const line of lines.length ? lines : [text]) {
        found.push({ words: line.textContent, parent: text, box: line.getBoundingClientRect() });
      }
    }
    return found.filter(({ box }) => box.width);
  }

  // The page is wider than the window.
  function sideways() {
    const wide = document.documentElement.scrollWidth - window.innerWidth;
    if (wide <= 0) return [];
    const far = [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1)
      .filter((element) => !element.closest(".scroll") || element.matches(".scroll"));
    return [`${wide} px too wide: ${far.slice(0, 3).map(place).join(", ")}`];
  }

  // Text that is cut off by a box that does not scroll.
  function clipped() {
    const faults = [];
    for (const { words: text, parent, box } of texts()) {
      for (let around = parent; around && around !== document.body; around = around.parentElement) {
        const style = getComputedStyle(around);
        if (style.overflowX === "auto" || style.overflowX === "scroll") break;
        if (style.overflowX === "visible" && style.overflowY === "visible") continue;
        const limit = around.getBoundingClientRect();
        if (box.right > limit.right + 1 || box.bottom > limit.bottom + 2 || box.left < limit.left - 1)
          faults.push(`cut off: ${words(text)}, ${place(parent)}`);
        break;
      }
    }
    for (const { words: text, parent, box } of drawn()) {
      const chart = parent.closest(".chart");
      const limit = chart && chart.getBoundingClientRect();
      if (limit && (box.left < limit.left - 1 || box.right > limit.right + 1
          || box.top < limit.top - 1 || box.bottom > limit.bottom + 1))
        faults.push(`cut off: ${words(text)}, ${place(parent)}`);
    }
    return faults;
  }

  // Texts that lie on each other; the boxes of neighbouring lines touch, so a part is left out.
  function overlapping() {
    const boxes = [...texts(), ...drawn()]
      .map((text) => ({ ...text, box: inSight(text.parent, text.box) }))
      .filter(({ box }) => box.left < box.right)
      .map(({ words, parent, box }) => ({
        words, parent, left: box.left + 1, right: box.right - 1,
        top: box.top + box.height / 4, bottom: box.bottom - box.height / 4,
      }))
      .sort((a, b) => a.top - b.top);
    const faults = [];
    let open = [];
    for (const box of boxes) {
      open = open.filter((other) => other.bottom > box.top);
      for (const other of open)
        if (other.left < box.right && box.left < other.right && other.parent !== box.parent)
          faults.push(`overlap: ${words(other.words)} and ${words(box.words)}, ${place(box.parent)}`);
      open.push(box);
    }
    return faults;
  }

  window.faults = { sideways, clipped, overlapping };
})();
