// Draws each chart from the page's JSON when it comes into view or is printed, saves it as an image,
// and steps through its rows from the keyboard. All its texts come from the page.
(() => {
  "use strict";
  const here = document.currentScript.src;
  const CONFIG = { displayModeBar: false, responsive: true, showTips: false };
  const IMAGE_WIDTH = 800;
  const IMAGE_SCALE = { png: 2, svg: 1 };
  const LINE = 16; // height of a line of the foot, in pixels
  const ROOM_ABOVE = 24; // pixels above a plot if the page prints the titles
  const FEW_ROWS = 4; // a table with no more rows stays open

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
    // If plotly.js finds this id and class, it writes no styles into the page, which forbids them.
    const rules = { id: "plotly.js-style-global", className: "no-inline-styles" };
    return Promise.all([
      load("link", { rel: "stylesheet", href: address("plotly.css"), ...rules }),
      load("script", { src: address("plotly-cartesian.min.js") }),
    ]);
  }

  // Restores the figures of the page: the JSON has the properties that items of a kind share only once.
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

  // Removes titles and foot, which the page prints as text around a chart; an image keeps them.
  function bare({ title, ...layout }) {
    const annotations = layout.annotations.filter(({ name }) => name !== "source");
    const foot = layout.annotations.find(({ name }) => name === "source");
    if (!foot) return layout;
    const under = layout.margin.b - LINE * foot.text.split("<br>").length;
    const margin = { ...layout.margin, t: ROOM_ABOVE, b: under };
    const height = layout.height - (layout.margin.t - margin.t) - (layout.margin.b - margin.b);
    return { ...layout, annotations, margin, height };
  }

  // The charts of the page: the box, the figure element around it, and the Plotly figure of each.
  function charts() {
    const boxes = Array.from(document.querySelectorAll(".chart"));
    const specs = boxes.length ? figures() : {};
    return boxes.map((box) => ({ box, around: box.closest("figure"), ...specs[box.parentElement.id] }));
  }

  function draw(chart) {
    const tell = () => chart.box.dispatchEvent(new Event("drawn", { bubbles: true }));
    chart.drawn ||= Plotly.newPlot(chart.box, chart.data, bare(chart.layout), CONFIG).then(tell);
    return chart.drawn;
  }

  function image({ data, layout }, format) {
    const size = { width: IMAGE_WIDTH, height: layout.height };
    const scale = IMAGE_SCALE[format];
    return Plotly.toImage({ data, layout: { ...layout, ...size } }, { format, scale, ...size });
  }

  function save(address, name) {
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
  }

  // Shows the buttons that save an image of a figure; `make` returns its address in a format.
  function offerImages(figure, file, plotly, make) {
    const status = figure.querySelector(".said");
    for (const button of figure.querySelectorAll("[data-image]")) {
      const format = button.dataset.image;
      const name = `${file}.${format}`;
      button.closest("li").hidden = false;
      button.addEventListener("click", () => {
        status.textContent = "";
        plotly
          .then(() => make(format))
          .then((address) => { save(address, name); status.textContent = `${status.dataset.saved} ${name}`; })
          .catch(() => { status.textContent = status.dataset.failed; });
      });
    }
  }

  function words(element) {
    return element.textContent.replace(/\s+/g, " ").trim();
  }

  // The points of the chart that belong to a row of the table, as Plotly identifies them.
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

  // Shows a slider through the rows of the table. Its value text is the row, which a screen reader
  // announces on a change; the chart highlights the points of that row.
  function offerWalk(chart, plotly) {
    const walk = chart.around.querySelector(".walk");
    if (!walk) return; // panels of small multiples have no table of their own
    const rows = Array.from(chart.around.querySelectorAll("tbody tr"));
    const marks = rows.map((row) => marksOf(chart, words(row.cells[0])));
    if (!marks.some((each) => each.length)) return;
    const slider = walk.querySelector("input");
    slider.addEventListener("input", async () => {
      const row = Array.from(rows[slider.value].cells, words).filter(Boolean).join(" – ");
      slider.setAttribute("aria-valuetext", row);
      walk.querySelector("span").textContent = row;
      await plotly;
      await draw(chart);
      Plotly.Fx.hover(chart.box, marks[slider.value]);
    });
    slider.setAttribute("aria-valuetext", words(rows[slider.value]));
    walk.hidden = false;
  }

  // Closes long tables beside visible charts; they are open for readers without scripts and on paper.
  function closeTables(all) {
    const seen = all.filter(({ box }) => box.checkVisibility());
    const long = seen.flatMap(({ around }) => Array.from(around.querySelectorAll("details")))
      .filter((details) => details.querySelectorAll("tbody tr").length > FEW_ROWS);
    const open = (some, isOpen) => some.forEach((details) => { details.open = isOpen; });
    let closed = [];
    open(long, false);
    window.addEventListener("beforeprint", () => {
      closed = long.filter((details) => !details.open);
      open(closed, true);
    });
    window.addEventListener("afterprint", () => open(closed, false));
  }

  function start() {
    const all = charts();
    if (!all.length) return;
    const plotly = loadPlotly();
    const watch = new IntersectionObserver((entries) => {
      for (const { target } of entries.filter((entry) => entry.isIntersecting)) {
        watch.unobserve(target);
        plotly.then(() => draw(all.find(({ box }) => box === target)));
      }
    }, { rootMargin: "300px" });
    for (const chart of all) {
      chart.box.style.height = `${bare(chart.layout).height}px`;
      chart.box.hidden = false;
      const { file } = chart.box.dataset; // panels of small multiples have no files of their own
      if (file) offerImages(chart.around, file, plotly, (format) => image(chart, format));
      offerWalk(chart, plotly);
      watch.observe(chart.box);
    }
    for (const panels of document.querySelectorAll(".panels")) {
      const figure = panels.closest("figure");
      offerImages(figure, panels.dataset.file, plotly, (format) => imageOfPanels(figure, format));
    }
    closeTables(all);
    window.addEventListener("beforeprint", () => window.Plotly && all.forEach(draw));
    // For programs that print the page and need to know when it is complete.
    window.allDrawn = () => plotly.then(() => Promise.all(all.map(draw)));
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
