// Where the first chart or grid of a page lies, the words before it, and how large the page is.
() => {
  const seen = Array.from(document.querySelectorAll(".chart, .parts"));
  const figure = seen.find((each) => each.checkVisibility());
  const box = figure ? figure.getBoundingClientRect() : null;
  const range = document.createRange();
  range.setStartBefore(document.querySelector("h1"));
  if (figure) range.setEndBefore(figure);
  const text = range.cloneContents();
  const apart = ".cards, [role=tablist], button, script, [role=status], [popover]";
  text.querySelectorAll(apart).forEach((each) => each.remove());
  const sentences = document.querySelectorAll(".sentence, figure h2");
  return {
    top: box && box.top,
    bottom: box && box.bottom,
    words: text.textContent,
    height: document.documentElement.scrollHeight,
    overflow: document.documentElement.scrollWidth - innerWidth,
    sentences: Array.from(sentences, (each) => each.textContent.trim()),
  };
}
