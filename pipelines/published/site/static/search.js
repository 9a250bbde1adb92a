// The search in the bar: states, indicators, sources and words of the method, by any of their names.
// A combobox after the ARIA Authoring Practices. Its index is a script of its own, search-<language>.js,
// loaded when the box is first used.
(() => {
  "use strict";
  const here = document.currentScript.src;
  const MOST = 8; // results
  const BETWEEN = new Set("a and as d da das de del des do dos du e et l la las le les los o of os the y".split(" "));

  // Letters and digits in lower case, without accents; words that only join others are left out.
  function wordsOf(text) {
    const plain = text.normalize("NFD").replace(/[\u0300-\u036f.]/g, "").toLowerCase();
    const words = plain.match(/[\p{L}\p{N}]+/gu) || [];
    const own = words.filter((word) => !BETWEEN.has(word));
    return own.length ? own : words;
  }

  const EXACT = 0, START = 1, WORDS = 2, NONE = 9;
  // How well a name fits what was typed.
  function fit(name, typed) {
    const [whole, sought] = [name.join(""), typed.join("")];
    if (whole === sought) return EXACT;
    if (whole.startsWith(sought)) return START;
    return typed.every((part) => name.some((word) => word.startsWith(part))) ? WORDS : NONE;
  }

  // The place of an entry among the results: exact names, then states, and titles before other names.
  function rank({ isState, names }, typed) {
    const [title, ...others] = names.map((name) => fit(name, typed));
    const other = Math.min(NONE, ...others);
    if (title === EXACT || other === EXACT) return 0;
    if (isState) return Math.min(title, other + 0.5);
    return title < NONE ? 4 : Math.min(NONE, other + 5);
  }

  function found(entries, text) {
    const words = wordsOf(text);
    // A year says nothing about the place: "peru 2022" is a question about Peru.
    const names = words.filter((word) => !/^(19|20)\d\d$/.test(word));
    const typed = names.length ? names : words;
    if (!typed.length) return [];
    const ranked = entries.map((entry) => ({ entry, at: rank(entry, typed) })).filter(({ at }) => at < NONE);
    return ranked.sort((one, other) => one.at - other.at).slice(0, MOST).map(({ entry }) => entry);
  }

  let index;
  async function loadIndex(language) {
    await window.tipstat.load(new URL(`search-${language}.js`, here).href);
    index ||= window.tipstat.index.map(([title, note, address, isState, others]) => ({
      title, note, isState, address: new URL(`../${language}/${address}`, here).href, names: [title, ...others].map(wordsOf),
    }));
    return index;
  }

  function offer(box) {
    const input = box.querySelector("input");
    const list = box.querySelector("[role=listbox]");
    const status = box.querySelector("[role=status]");
    const options = () => Array.from(list.children);
    const chosen = () => options().findIndex((each) => each.getAttribute("aria-selected") === "true");

    function choose(at) {
      options().forEach((each, place) => each.setAttribute("aria-selected", place === at));
      options()[at].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", options()[at].id);
    }

    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
      status.textContent = "";
    }

    function option(entry, at) {
      const item = Object.assign(document.createElement("li"), { id: `found-${at}`, role: "option" });
      item.dataset.address = entry.address;
      item.append(entry.title, Object.assign(document.createElement("small"), { textContent: entry.note }));
      return item;
    }

    function show(results) {
      close();
      list.replaceChildren(...results.map(option));
      const { none, one, many } = box.dataset;
      status.textContent = !wordsOf(input.value).length ? "" : !results.length ? none : results.length === 1 ? one : many.replace("{count}", results.length);
      status.classList.toggle("none", !results.length);
      if (!results.length) return;
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      choose(0);
    }

    const search = async () => show(found(await loadIndex(document.documentElement.lang), input.value));
    const open = (item) => item && window.location.assign(item.dataset.address);

    input.addEventListener("focus", () => loadIndex(document.documentElement.lang));
    input.addEventListener("input", search);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      const isOpen = !list.hidden;
      const [at, last] = [chosen(), list.children.length - 1];
      const next = { ArrowDown: at === last ? 0 : at + 1, ArrowUp: at <= 0 ? last : at - 1, Home: 0, End: last }[event.key];
      if (isOpen && next !== undefined) choose(next);
      else if (isOpen && event.key === "Enter") open(options()[at]);
      else if (isOpen && event.key === "Escape") close();
      else if (event.key === "Escape") input.value = "";
      else if (event.key === "ArrowDown") search();
      else return;
      event.preventDefault();
    });
    // The box keeps the focus, so that the list is still open when the button is let go.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => open(event.target.closest("[role=option]")));
  }

  document.querySelectorAll(".find").forEach(offer);
})();
