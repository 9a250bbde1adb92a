// Makes one image of small multiples: titles and key, the visible panels, each with its name and last
// figure, then notes, source and edition.
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const FONT = "'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
  const [WIDTH, COLUMNS, GAP, LINE] = [800, 3, 16, 18];
  const PANEL = Math.floor((WIDTH - GAP * (COLUMNS + 1)) / COLUMNS);
  const PNG_SCALE = 2;
  const LOOKS = ["fill", "stroke", "stroke-width", "stroke-dasharray"];

  const words = (element) => element.textContent.replace(/\s+/g, " ").trim();

  // An element as text: the page's policy would remove its styles if it were assembled in the page.
  function made(name, properties, text = "") {
    const element = document.createElementNS(SVG, name);
    for (const [property, value] of Object.entries(properties)) element.setAttribute(property, value);
    element.textContent = text;
    return new XMLSerializer().serializeToString(element);
  }

  // Text in lines that fit the image, from `top` down, and the place of the next line.
  function paragraph(text, top, look) {
    const pen = new OffscreenCanvas(1, 1).getContext("2d");
    pen.font = `${look["font-weight"] || "normal"} ${look["font-size"]}px ${FONT}`;
    const lines = [""];
    for (const word of text.split(" ")) {
      const longer = `${lines.at(-1)} ${word}`.trim();
      if (pen.measureText(longer).width <= WIDTH - 2 * GAP) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    const height = look["font-size"] * 1.4;
    const drawn = lines.map((line, at) => made("text", { x: GAP, y: top + height * (at + 0.75), ...look }, line));
    return [drawn, top + height * lines.length];
  }

  // A mark of the key as it looks on the page, and its meaning.
  function meaning(item, top) {
    const [swatch, text] = item.children;
    const copy = swatch.cloneNode(true);
    const shapes = Array.from(swatch.querySelectorAll("*"), getComputedStyle);
    copy.querySelectorAll("*").forEach((shape, at) => {
      for (const look of LOOKS) shape.setAttribute(look, shapes[at][look]);
    });
    copy.setAttribute("x", GAP);
    copy.setAttribute("y", top);
    const place = { x: 1.5 * GAP + swatch.width.baseVal.value, y: top + 0.75 * LINE, "font-size": 13 };
    return [new XMLSerializer().serializeToString(copy), made("text", place, words(text))];
  }

  // Plotly's image of a panel below its name and last figure.
  async function panel(item, left, top) {
    const { data, layout } = item.querySelector(".chart");
    const size = { width: PANEL, height: layout.height };
    const image = { format: "svg", imageDataOnly: true, ...size };
    const drawing = await Plotly.toImage({ data, layout: { ...layout, ...size } }, image);
    const baseline = { y: top + 0.75 * LINE, "font-size": 13 };
    return [
      made("text", { x: left, "font-weight": "bold", ...baseline }, words(item.querySelector("a"))),
      made("text", { x: left + PANEL, "text-anchor": "end", ...baseline }, words(item.querySelector(".last"))),
      drawing.replace("<svg", `<svg x="${left}" y="${top + LINE}"`),
    ];
  }

  async function drawing(figure) {
    const parts = [];
    let top = GAP;
    const say = (text, look) => {
      const [lines, next] = paragraph(text, top, look);
      parts.push(...lines);
      top = next;
    };
    say(words(figure.querySelector(".headline")), { "font-size": 17, "font-weight": "bold" });
    say(words(figure.querySelector(".subtitle")), { "font-size": 13 });
    top += GAP / 2;
    for (const item of figure.querySelectorAll(".key li")) {
      parts.push(...meaning(item, top));
      top += LINE;
    }
    const list = figure.querySelector(".panels");
    const items = Array.from(list.children).filter((item) => item.checkVisibility());
    for (let at = 0; at < items.length; at += COLUMNS) {
      const row = items.slice(at, at + COLUMNS);
      top += GAP;
      const drawn = await Promise.all(row.map((item, column) => panel(item, GAP + column * (PANEL + GAP), top)));
      parts.push(...drawn.flat());
      top += LINE + Math.max(...row.map((item) => item.querySelector(".chart").layout.height));
    }
    top += GAP;
    const notes = Array.from(figure.querySelectorAll(".notes li"), (note, at) => `${at + 1}. ${words(note)}`);
    for (const text of [...notes, list.dataset.foot]) say(text, { "font-size": 12 });
    const paper = made("rect", { width: "100%", height: "100%", fill: "#fff" });
    const size = `width="${WIDTH}" height="${Math.ceil(top + GAP)}"`;
    return `<svg xmlns="${SVG}" ${size} font-family="${FONT}" fill="#1a1a1a">${paper}${parts.join("")}</svg>`;
  }

  async function pixels(address) {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = PNG_SCALE * image.width;
    canvas.height = PNG_SCALE * image.height;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/png");
  }

  // The address of the image, for a link that saves it.
  window.imageOfPanels = async (figure, format) => {
    await window.allDrawn();
    const address = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await drawing(figure))}`;
    return format === "png" ? pixels(address) : address;
  };
})();
