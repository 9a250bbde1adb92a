// The figures of a page: draws each chart when it is first in view, saves it as CSV, PNG or SVG, and
// shows one of a group of tabs. Charts and texts are in the page's JSON.
(() => {
  "use strict";
  const here = document.currentScript.src;
  const { build, load, printed, remarks, wrapped, safe, looks, font } = window.tipstat;
  const CONFIG = { displayModeBar: false, responsive: false, showTips: false };
  const IMAGE = { width: 1200, height: 675, scale: { png: 2, svg: 1 }, letters: 1.25, edge: 36 };

  const loadPlotly = () => load(new URL("plotly-basic.min.js", here).href);

  const stored = document.getElementById("figures");
  const { language, charts } = stored ? JSON.parse(stored.textContent) : { language: null, charts: {} };

  if (language) language.edition = window.tipstat.editions[language.code];

  // What the texts of a figure on another site's page leave of its frame; 0 on a page of this site.
  function heightLeft(box) {
    if (!document.documentElement.classList.contains("embed")) return 0;
    const texts = document.querySelector("main").offsetHeight - box.offsetHeight;
    return Math.floor(window.innerHeight - texts);
  }

  async function draw(box, chart) {
    await loadPlotly();
    const width = Math.max(220, box.clientWidth);
    const natural = build(chart.spec, width, language);
    const height = heightLeft(box);
    const { data, layout } = height > natural.layout.height ? build(chart.spec, width, language, { height }) : natural;
    await Plotly.react(box, data, layout, CONFIG);
    box.dataset.width = box.clientWidth;
    box.dispatchEvent(new Event("drawn", { bubbles: true }));
  }

  function save(address, name) {
    const link = Object.assign(document.createElement("a"), { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
  }

  // The points of a chart as rows, each with source, licence and edition.
  function csv(chart) {
    const columns = language.texts.csv;
    const rows = chart.spec.panels.flatMap((panel) => panel.series.flatMap((series) => series.points.map((point, at) => [
      chart.title, panel.name, series.name, point[0], point[1] ?? "", printed(point, language),
      remarks(series.points, at, panel.breaks, language).join(", "), point[3] ?? "", point[4] ?? "", chart.subtitle, chart.source, language.edition,
    ])));
    const cell = (value) => (/[",\r\n]/.test(String(value)) ? `"${String(value).replace(/"/g, '""')}"` : String(value));
    const text = [columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
    return URL.createObjectURL(new Blob([`\ufeff${text}\r\n`], { type: "text/csv;charset=utf-8" }));
  }

  // The marks that a chart has, by code.
  function marks({ panels, measure }) {
    const flags = panels.flatMap((panel) => panel.series.flatMap((series) => series.points.map((point) => point[2] || ""))).join("");
    const isInterval = measure === "rate" && panels.some((panel) => panel.series.some((series) => series.points.some((point) => point.length > 4)));
    const used = {
      suppressed: flags.includes("S"), no_rate: flags.includes("X"), uncertain: flags.includes("U"),
      break: panels.some((panel) => panel.breaks.length), interval: isInterval,
    };
    return Object.keys(used).filter((mark) => used[mark]);
  }

  // The meaning of the marks that a chart has, in words.
  const meanings = (spec) => marks(spec).map((mark) => language.texts.marks[mark]);

  // A text in lines that fit into an image, in the size and weight of its letters.
  function lines(text, size, weight = 400) {
    const canvas = document.createElement("canvas").getContext("2d");
    canvas.font = `${weight} ${size}px ${font}`;
    // Another program may draw an SVG with a wider font.
    const room = 0.95 * (IMAGE.width - 2 * IMAGE.edge);
    return text ? wrapped(text, room, (line) => canvas.measureText(line).width) : [];
  }

  // The names of the lines of a chart, each in its colour behind its mark, in rows.
  function namesOf({ panels: [{ series }] }, size) {
    const labels = series.length > 1 ? series.map(({ name }, at) => `${"●■▲◆"[at]} ${name}`.replace(/ /g, "\u00a0")) : [];
    const inColor = (label) => `<span style="color:${looks[labels.indexOf(label)].color}">${safe(label)}</span>`;
    return lines(labels.join(" "), size).map((row) => row.split(" ").map(inColor).join("   "));
  }

  // A chart with headline, subtitle, meaning of marks, caveat, source and edition inside its frame.
  function framed(chart) {
    const { width, height, letters, edge } = IMAGE;
    const foot = [...meanings(chart.spec), chart.note, chart.source, `${language.edition}.`].filter(Boolean).join(" ");
    const blocks = [
      { name: "title", size: 26, rows: lines(chart.title, 26, 700).map((row) => `<b>${safe(row)}</b>`), color: "#17212b" },
      { name: "subtitle", size: 17, rows: lines(chart.subtitle, 17).map(safe), color: "#55606c" },
      { name: "names", size: 17, rows: namesOf(chart.spec, 17), color: "#17212b" },
      { name: "foot", size: 14, rows: lines(foot, 14).map(safe), color: "#55606c" },
    ].filter(({ rows }) => rows.length);
    const heightOf = ({ rows, size }) => rows.length * size * 1.3 + 6;
    const above = blocks.slice(0, -1).reduce((sum, block) => sum + heightOf(block), edge);
    const margin = { l: edge, r: edge + 40, t: above + 22, b: heightOf(blocks.at(-1)) + 58 };
    const { data, layout } = build(chart.spec, width, language, { height, margin, scale: letters });
    let next = margin.t - edge + 10;
    const annotations = blocks.map((block) => {
      const isFoot = block.name === "foot";
      const place = isFoot ? { y: 0, yshift: -44 } : { y: 1, yshift: next };
      next -= heightOf(block);
      return {
        name: block.name, text: block.rows.join("<br>"), xref: "paper", yref: "paper", x: 0, xshift: edge - layout.margin.l, ...place,
        xanchor: "left", yanchor: "top", align: "left", showarrow: false, font: { size: block.size, color: block.color },
      };
    });
    return { data, layout: { ...layout, annotations: [...layout.annotations, ...annotations], width, height } };
  }

  async function image(chart, format) {
    await loadPlotly();
    const { width, height, scale } = IMAGE;
    return Plotly.toImage(framed(chart), { format, width, height, scale: scale[format] });
  }

  // A button's answer: the file, or the reason why there is none.
  async function saveAs(chart, format, status) {
    const name = `${chart.file}.${format}`;
    try {
      save(format === "csv" ? csv(chart) : await image(chart, format), name);
      status.textContent = `${language.texts.saved} ${name}`;
    } catch {
      status.textContent = language.texts.failed;
    }
  }

  function offerFiles(figure, chartOf) {
    figure.addEventListener("click", (event) => {
      const button = event.target.closest("[data-save]");
      if (button) saveAs(chartOf(button), button.dataset.save, button.closest(".actions").querySelector("[role=status]"));
    });
  }

  // Draws charts that are in view and not hidden by a tab, and again when their width changes.
  function watch() {
    const boxes = Array.from(document.querySelectorAll(".chart[data-chart]"));
    const isReady = (box) => charts[box.dataset.chart] && box.checkVisibility();
    const needsDrawing = (box) => isReady(box) && Number(box.dataset.width) !== box.clientWidth;
    const drawn = (box) => needsDrawing(box) && draw(box, charts[box.dataset.chart]);
    const observer = new IntersectionObserver((entries) => {
      entries.filter((entry) => entry.isIntersecting).forEach((entry) => drawn(entry.target));
    }, { rootMargin: "300px" });
    boxes.forEach((box) => observer.observe(box));
    const redraw = () => boxes.filter((box) => box.dataset.width).forEach(drawn);
    window.addEventListener("resize", redraw);
    window.matchMedia("print").addEventListener("change", redraw);
    // For programs that print the page and need to know when it is complete.
    window.tipstat.allDrawn = () => Promise.all(boxes.filter(isReady).map((box) => draw(box, charts[box.dataset.chart])));
  }

  // Where a strip has no room for its tabs, a button shows the next ones, and at the end the first.
  function offerFurther(strip) {
    const [tabs, button] = strip.children;
    const isAtEnd = () => tabs.scrollLeft + tabs.clientWidth > tabs.scrollWidth - 2;
    const update = () => {
      strip.classList.toggle("is-cut", tabs.scrollWidth > strip.clientWidth);
      button.textContent = isAtEnd() ? "‹" : "›";
    };
    button.addEventListener("click", () => tabs.scrollTo({ left: isAtEnd() ? 0 : tabs.scrollLeft + 0.8 * tabs.clientWidth }));
    tabs.addEventListener("scroll", update);
    window.addEventListener("resize", update);
    update();
  }

  // Tabs with arrow keys and an address of their own. Without scripts all panels are open.
  function offerTabs(group) {
    const tabs = Array.from(group.querySelectorAll("[role=tab]"));
    const panelOf = (tab) => document.getElementById(tab.getAttribute("aria-controls"));
    const show = (chosen) => tabs.forEach((tab) => {
      const isChosen = tab === chosen;
      tab.setAttribute("aria-selected", isChosen);
      tab.tabIndex = isChosen ? 0 : -1;
      panelOf(tab).hidden = !isChosen;
      if (isChosen) tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
    const choose = (tab) => {
      show(tab);
      history.replaceState(null, "", `#${panelOf(tab).id}`);
    };
    const named = () => tabs.find((tab) => panelOf(tab).contains(document.getElementById(location.hash.slice(1))));
    group.querySelector(".strip").hidden = tabs.length < 2;
    group.addEventListener("click", (event) => {
      const tab = event.target.closest("[role=tab]");
      if (tab) choose(tab);
    });
    group.querySelector("[role=tablist]").addEventListener("keydown", (event) => {
      const at = tabs.indexOf(document.activeElement);
      const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      const tab = tabs.at(next % tabs.length);
      tab.focus();
      choose(tab);
    });
    window.addEventListener("hashchange", () => named() && show(named()));
    offerFurther(group.querySelector(".strip"));
    show(named() || tabs[0]);
  }

  function start() {
    document.querySelectorAll(".tabbed").forEach(offerTabs);
    document.querySelectorAll("figure").forEach((figure) => offerFiles(figure, (button) => charts[button.dataset.chart]));
    watch();
  }

  Object.assign(window.tipstat, { language, charts, draw, image, csv, saveAs, offerFiles, marks, meanings, start });
})();
