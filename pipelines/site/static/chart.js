// Draws each figure from the JSON of the page when it is about to be seen or printed, saves it as an
// image, and leads through its rows from the keyboard. Every word it shows stands in the page.
(() => {
  "use strict";
  const here = document.currentScript.src;
  const CONFIG = { displayModeBar: false, responsive: true, showTips: false };
  const IMAGE_WIDTH = 800;
  const IMAGE_SCALE = { png: 2, svg: 1 };
  const LINE = 16; // pixels of a line of the foot
  const ROOM_ABOVE = 24; // pixels above a plot where the page prints the titles
  const FEW_ROWS = 4; // of a table that stays open
  const pen = document.createElement("canvas").getContext("2d");

  function load(tag, properties) {
    const element = Object.assign(document.createElement(tag), properties);
    return new Promise((resolve, reject) => {
      element.onload = resolve;
      element.onerror = reject;
      document.head.append(element);
    });
  }

  function loadPlotly() {
    const address = (name) => new URL(name, here).href;
    // Where it finds this id and class, plotly.js writes no styles into the page, which forbids it.
    const rules = { id: "plotly.js-style-global", className: "no-inline-styles" };
    return Promise.all([
      load("link", { rel: "stylesheet", href: address("plotly.css"), ...rules }),
      load("script", { src: address("plotly.min.js") }),
    ]);
  }

  // The figures of the page, whole: what items of a kind have in common is said once.
  function figures() {
    const { common, own } = JSON.parse(document.getElementById("drawn").textContent);
    const whole = (kind, item) => ({ ...common[kind], ...item });
    const part = ([name, value]) => {
      if (Array.isArray(value)) return [name, value.map((each) => whole(`${name} ${each.name || ""}`, each))];
      return [name, value instanceof Object ? whole(name.replace(/\d+$/, ""), value) : value];
    };
    return Object.fromEntries(Object.entries(own).map(([anchor, { data, layout }]) => [anchor, {
      data: data.map((trace) => whole(`data ${trace.meta || ""}`, trace)),
      layout: Object.fromEntries(Object.entries(layout).map(part)),
    }]));
  }

  // The text in lines as wide as the room in pixels; a very long word is parted.
  function wrapped(text, font, room) {
    pen.font = font;
    return text.match(/(?:&\w+;|[^ &]|&){1,30} ?/g).reduce((lines, word) => {
      const longer = lines.at(-1) + word;
      if (pen.measureText(longer.trimEnd()).width > room) return [...lines, word];
      return [...lines.slice(0, -1), longer];
    }, [""]);
  }

  // What the foot of a layout, if it has one, changes in it where the chart is as wide.
  function fitted({ annotations, font, height, margin }, width) {
    const at = annotations.findIndex(({ name }) => name === "source");
    if (at < 0) return { height };
    const { text, font: { size }, xshift } = annotations[at];
    const lines = wrapped(text.replaceAll("<br>", " "), `${size}px ${font.family}`, width - 8);
    const more = LINE * (lines.length - text.split("<br>").length);
    return {
      [`annotations[${at}].text`]: lines.join("<br>"),
      "margin.b": margin.b + more,
      height: height + more,
    };
  }

  function draw(chart) {
    const { data, layout } = chart.spec;
    const tell = () => chart.box.dispatchEvent(new Event("drawn", { bubbles: true }));
    chart.drawn = chart.drawn || Plotly.newPlot(chart.box, data, layout, CONFIG).then(tell);
    return chart.drawn;
  }

  // The image has the titles that the page prints above the chart.
  async function save({ box, spec }, format) {
    const layout = { ...spec.layout, ...spec.layout.meta.titled, width: IMAGE_WIDTH };
    const size = { width: IMAGE_WIDTH, height: layout.height, scale: IMAGE_SCALE[format] };
    const link = document.createElement("a");
    link.href = await Plotly.toImage({ data: spec.data, layout }, { format, ...size });
    link.download = `${box.dataset.file}.${format}`;
    link.click();
    return link.download;
  }

  function offerImages(chart, plotly) {
    const status = chart.around.querySelector(".said");
    for (const button of chart.around.querySelectorAll("[data-image]")) {
      button.closest("li").hidden = false;
      button.addEventListener("click", () => {
        status.textContent = "";
        plotly
          .then(() => save(chart, button.dataset.image))
          .then((name) => { status.textContent = `${status.dataset.saved} ${name}`; })
          .catch(() => { status.textContent = status.dataset.failed; });
      });
    }
  }

  function words(element) {
    return element.textContent.replace(/\s+/g, " ").trim();
  }

  // The marks that stand for a row of the table, as Plotly names them.
  function marksOf({ data }, heading) {
    return data.flatMap((trace, curveNumber) => {
      const sideways = trace.orientation === "h";
      const headings = (sideways ? trace.y : trace.x) || [];
      const values = (sideways ? trace.x : trace.y) || [];
      return headings.flatMap((each, pointNumber) => {
        const isMark = String(each) === heading && values[pointNumber] !== null;
        return isMark && trace.hoverinfo !== "skip" ? [{ curveNumber, pointNumber }] : [];
      });
    });
  }

  // A slider through the rows of the table. Its value in words is the row, which a screen reader
  // says when it changes; the chart points to the marks of that row.
  function offerWalk(chart, plotly) {
    const walk = chart.around.querySelector(".walk");
    if (!walk) return; // a panel of several has no table of its own
    const rows = Array.from(chart.around.querySelectorAll("tbody tr"));
    const marks = rows.map((row) => marksOf(chart.spec, words(row.cells[0])));
    if (!marks.some((each) => each.length)) return;
    const slider = walk.querySelector("input");
    slider.addEventListener("input", async () => {
      const said = Array.from(rows[slider.value].cells, words).filter(Boolean).join(" – ");
      slider.setAttribute("aria-valuetext", said);
      walk.querySelector("span").textContent = said;
      await plotly;
      await draw(chart);
      Plotly.Fx.hover(chart.box, marks[slider.value]);
    });
    slider.setAttribute("aria-valuetext", words(rows[slider.value]));
    walk.hidden = false;
  }

  function start() {
    const charts = Array.from(document.querySelectorAll(".chart"), chartIn);
    if (!charts.length) return;
    const plotly = loadPlotly();
    const watch = new IntersectionObserver((entries) => {
      for (const { target } of entries.filter((entry) => entry.isIntersecting)) {
        watch.unobserve(target);
        plotly.then(() => draw(charts.find(({ box }) => box === target)));
      }
    }, { rootMargin: "300px" });
    for (const chart of charts) {
      chart.box.style.height = `${chart.box.dataset.height}px`;
      chart.box.hidden = false;
      offerImages(chart, plotly);
      offerWalk(chart, plotly);
      watch.observe(chart.box);
    }
    window.addEventListener("beforeprint", () => window.Plotly && charts.forEach(draw));
    // For whoever prints the page from outside, and must know when it is complete.
    window.allDrawn = () => plotly.then(() => Promise.all(charts.map(draw)));
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
