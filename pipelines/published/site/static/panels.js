// Where the panels of a chart lie: how many in a row, how high, and with how much room for their titles.
window.tipstat = window.tipstat || {};
(() => {
  "use strict";
  const NARROW = 560, LETTER = 7.6; // pixels

  // A text in lines of at most `most` letters, or of that length by another measure.
  function wrapped(text, most, lengthOf = (line) => line.length) {
    const lines = [""];
    for (const word of text.split(" ")) {
      const longer = `${lines.at(-1)} ${word}`.trim();
      if (lengthOf(longer) <= most || !lines.at(-1)) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }

  // As many as have room for their titles; four are two above two rather than three above one.
  function columnsOf(count, width) {
    if (width < NARROW) return Math.min(2, count);
    const most = Math.min(count > 4 ? 3 : 4, Math.floor(width / 210));
    return count > most && count === 4 ? 2 : Math.min(count, most);
  }

  function plotHeight(count, rows, width, titleHeight) {
    if (width < NARROW) return count === 1 ? 262 : (150 + titleHeight) * rows;
    return rows === 1 ? 290 : (179 + titleHeight) * rows;
  }

  // The lines of each name; all figures go below their names if one has no room beside its name.
  function titleLines(titles, pixels, scale) {
    const letters = Math.floor(pixels / (scale * LETTER));
    const isTall = titles.some((each) => each.join("  ").length > letters);
    const names = titles.map(([name]) => (isTall ? wrapped(name, letters) : [name]));
    const most = Math.max(...names.map((lines) => lines.length)) + (isTall ? 1 : 0);
    return { isTall, names, height: titles.length > 1 ? scale * (8 + 18 * most) : 0 };
  }

  // The place of each panel in parts of the plot and in pixels, with the lines of its name, and the
  // plot's height. `titles` has pairs of a name and a figure, `room` is for the labels of an axis; an
  // image has a height of its own.
  function arranged(titles, width, room, scale, height) {
    const count = titles.length;
    const between = room + 4;
    const columns = columnsOf(count, width);
    const rows = Math.ceil(count / columns);
    const pixels = (width - between * (columns - 1)) / columns;
    const title = titleLines(titles, pixels, scale);
    const inner = height || plotHeight(count, rows, width, title.height);
    const below = rows > 1 ? 58 / inner : 0;
    const [wide, high] = [pixels / width, (1 - below * (rows - 1)) / rows];
    const places = title.names.map((names, at) => {
      const left = (at % columns) * (wide + between / width);
      const upper = 1 - Math.floor(at / columns) * (high + below);
      return { x: [left, Math.min(1, left + wide)], y: [Math.max(0, upper - high), upper - title.height / inner], pixels, names, isTall: title.isTall };
    });
    return { places, inner };
  }

  Object.assign(window.tipstat, { arranged, wrapped });
})();
