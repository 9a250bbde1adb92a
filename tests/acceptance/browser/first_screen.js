// Where the charts of a page lie, how wide it is, and its words in sight, with folds closed.
() => {
  const seen = [...document.querySelectorAll(".chart, .tiles, .heats")].filter((each) => each.checkVisibility());
  const places = seen.map((each) => [each.closest("section")?.id, each.getBoundingClientRect()]);
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const words = [];
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (data.trim() && !parentElement.closest("svg, script") && parentElement.checkVisibility()) words.push(data);
  }
  return {
    charts: places.map(([block, { top, bottom }]) => ({ block, top: top + scrollY, bottom: bottom + scrollY })),
    words: words.join(" "),
    overflow: document.documentElement.scrollWidth - innerWidth,
  };
}
