// Draws the figures that Python made: in the page's colours, as wide as their place, with as
// many ticks as fit. Saves each as PNG or SVG with sentence, key, source and edition inside its frame.
(() => {
  "use strict";
  const here = document.currentScript.src;
  const CONFIG = { displayModeBar: false, responsive: false, showTips: false };
  const IMAGE = { width: 900, edge: 28, scale: { png: 2, svg: 1 } };
  const NARROW = 440;
  const [LETTER, BETWEEN] = [7.5, 6]; // pixels of a digit under an axis, and between two texts
  const tipstat = window.tipstat;
  const stored = document.getElementById("drawn");
  const { template, texts, charts } = stored ? JSON.parse(stored.textContent) : { charts: {} };
  const loadPlotly = () => tipstat.load(new URL("plotly-basic.min.js", here).href);

  // A part of a figure with the colours of a scheme in place of their names.
  function painted(part, colour) {
    if (typeof part === "string") return part.startsWith("--") ? colour(part) : part;
    if (Array.isArray(part)) return part.map((each) => painted(each, colour));
    if (!part || typeof part !== "object") return part;
    return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, painted(value, colour)]));
  }

  function figureOf(id, width) {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    const { figure, narrow } = charts[id];
    const { data, layout } = painted((width < NARROW && narrow) || figure, colour);
    const axis = layout.xaxis;
    if (axis?.tickvals?.length > 1) {
      const { l, r } = { ...template.layout.margin, ...layout.margin };
      const pixels = (width - l - r) / (axis.range[1] - axis.range[0]);
      const apart = pixels * (axis.tickvals[1] - axis.tickvals[0]);
      const widest = Math.max(...axis.ticktext.map((text) => text.length)) * LETTER + BETWEEN;
      const step = Math.ceil(widest / apart);
      const isKept = (_, at) => (axis.tickvals.length - 1 - at) % step === 0;
      axis.ticktext = axis.ticktext.filter(isKept);
      axis.tickvals = axis.tickvals.filter(isKept);
    }
    return { data, layout: { ...layout, template: painted(template, colour), width, autosize: false } };
  }

  // Another site's page that embeds a block gives its chart the height that the texts leave.
  function heightLeft(box) {
    if (!document.documentElement.classList.contains("embed")) return 0;
    return Math.floor(window.innerHeight - (document.querySelector("main").offsetHeight - box.offsetHeight));
  }

  async function draw(box) {
    await loadPlotly();
    const width = Math.max(260, box.clientWidth);
    const { data, layout } = figureOf(box.dataset.chart, width);
    layout.height = Math.max(layout.height, heightLeft(box));
    await Plotly.react(box, data, layout, CONFIG);
    box.dataset.width = box.clientWidth;
    box.dispatchEvent(new Event("drawn", { bubbles: true }));
  }

  // A text in lines that fit into an image.
  function lines(text, size, weight = 400) {
    const canvas = document.createElement("canvas").getContext("2d");
    canvas.font = `${weight} ${size}px ${template.layout.font.family}`;
    const room = 0.95 * (IMAGE.width - 2 * IMAGE.edge); // another program may draw an SVG with a wider font
    const rows = [];
    for (const word of (text || "").split(" ")) {
      const row = `${rows.at(-1) ?? ""} ${word}`.trim();
      if (rows.length && canvas.measureText(row).width <= room) rows[rows.length - 1] = row;
      else rows.push(word);
    }
    return rows.filter(Boolean);
  }

  const safe = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

  function framed(id) {
    const chart = charts[id];
    const { data, layout } = figureOf(id, IMAGE.width);
    const style = getComputedStyle(document.documentElement);
    const edition = tipstat.editions[document.documentElement.lang];
    const block = (text, size, colour, weight) => {
      const rows = lines(text, size, weight).map(safe);
      return { size, colour, height: rows.length * size * 1.3 + 6, text: rows.map((row) => (weight ? `<b>${row}</b>` : row)).join("<br>") };
    };
    const above = [block(chart.title, 24, "--ink", 700), block(chart.unit, 15, "--grey")];
    const below = [block(chart.note, 13, "--grey"), block(`${chart.source} ${edition}.`, 13, "--grey")];
    const high = (blocks) => blocks.reduce((sum, { height }) => sum + height, 0);
    const inner = { ...template.layout.margin, ...layout.margin };
    const margin = { ...inner, t: inner.t + high(above) + IMAGE.edge, b: inner.b + high(below) + IMAGE.edge, l: inner.l + IMAGE.edge, r: inner.r + IMAGE.edge };
    const annotations = [];
    const place = (blocks, y, shift) => blocks.reduce((at, { text, size, colour, height }) => {
      if (text) annotations.push({ text, xref: "paper", yref: "paper", x: 0, xshift: IMAGE.edge - margin.l, y, yshift: at, xanchor: "left", yanchor: "top", align: "left", showarrow: false, font: { size, color: style.getPropertyValue(colour).trim() } });
      return at - height;
    }, shift);
    place(above, 1, margin.t - IMAGE.edge + 8);
    place(below, 0, -inner.b - 8);
    const height = layout.height + margin.t - inner.t + margin.b - inner.b;
    return { data, layout: { ...layout, margin, height, annotations: [...(layout.annotations || []), ...annotations] } };
  }

  // Returns the chart with its frame as the address of an image.
  async function picture(id, format) {
    await loadPlotly();
    const { data, layout } = framed(id);
    return Plotly.toImage({ data, layout }, { format, width: IMAGE.width, height: layout.height, scale: IMAGE.scale[format] });
  }

  async function save(button) {
    const { save: format, chart } = button.dataset;
    const status = button.closest(".share").querySelector("[role=status]");
    const download = `${charts[chart].file}.${format}`;
    try {
      const link = Object.assign(document.createElement("a"), { href: await picture(chart, format), download });
      document.body.append(link);
      link.click();
      link.remove();
      status.textContent = `${texts.saved} ${download}`;
    } catch {
      status.textContent = texts.failed;
    }
  }

  function startDrawing() {
    const boxes = Array.from(document.querySelectorAll(".chart[data-chart]")).filter((box) => charts[box.dataset.chart]);
    const observer = new IntersectionObserver((entries) => {
      entries.filter((entry) => entry.isIntersecting && !entry.target.dataset.width).forEach((entry) => draw(entry.target));
    }, { rootMargin: "300px" });
    boxes.forEach((box) => observer.observe(box));
    const again = () => boxes.filter((box) => box.dataset.width).forEach(draw);
    const resized = () => boxes.filter((box) => box.dataset.width && Number(box.dataset.width) !== box.clientWidth).forEach(draw);
    window.addEventListener("resize", resized);
    for (const query of ["print", "(prefers-color-scheme: dark)"]) window.matchMedia(query).addEventListener("change", again);
    document.addEventListener("click", (event) => {
      const button = event.target.closest(".share [data-save]");
      if (button) save(button);
    });
    // For programs that print the page and need to know when it is complete.
    tipstat.allDrawn = () => Promise.all(boxes.map(draw));
  }

  if (stored) Object.assign(tipstat, { drawn: charts, picture, startDrawing });
})();
