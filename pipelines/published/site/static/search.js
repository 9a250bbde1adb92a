// The search in the bar: states and groups of them, indicators, sources and words of the method, by any
// of their names, with typing errors.
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

  const SAINTS = new Set("st ste sta saint sainte san santa santo sao".split(" "));
  const begins = (word, part) => word.startsWith(part) || (SAINTS.has(word) && SAINTS.has(part));

  const EXACT = 0, START = 1, WORDS = 2, NONE = 9;
  // How well a name fits what was typed.
  function fit(name, typed) {
    const [whole, sought] = [name.join(""), typed.join("")];
    if (whole === sought) return EXACT;
    if (whole.startsWith(sought)) return START;
    return typed.every((part) => name.some((word) => begins(word, part))) ? WORDS : NONE;
  }

  // The place of an entry among the results: exact names, then states, and titles before other names.
  function rank({ isState, names }, typed) {
    const [title, ...others] = names.map((name) => fit(name, typed));
    const other = Math.min(NONE, ...others);
    if (title === EXACT || other === EXACT) return 0;
    if (isState) return Math.min(title, other + 0.5);
    return title < NONE ? 4 : Math.min(NONE, other + 5);
  }

  // How many typing errors a word may have, by its letters.
  const allowed = (letters) => (letters < 4 ? 0 : letters < 8 ? 1 : 2);

  // Errors in what was typed for a word, or for its start, which counts half an error more: letters that
  // are wrong, missing, added, or exchanged with their neighbour (optimal string alignment). Infinity for
  // more than are allowed.
  function errors(typed, word) {
    if (typed.length < 3 || typed.length > word.length + 2) return Infinity;
    let [before, above] = [[], Array.from({ length: word.length + 1 }, (_, at) => at)];
    for (let row = 1; row <= typed.length; row++) {
      const line = [row];
      for (let at = 1; at <= word.length; at++) {
        const isWrong = typed[row - 1] !== word[at - 1];
        line[at] = Math.min(above[at] + 1, line[at - 1] + 1, above[at - 1] + isWrong);
        const isExchanged = typed[row - 1] === word[at - 2] && typed[row - 2] === word[at - 1];
        if (isExchanged) line[at] = Math.min(line[at], before[at - 2] + 1);
      }
      [before, above] = [above, line];
    }
    if (above[word.length] <= allowed(word.length)) return above[word.length];
    const start = Math.min(...above);
    return start <= allowed(typed.length) ? start + 0.5 : Infinity;
  }

  // Errors in what was typed for a name: word by word, or written as one word. Of names with as many, the
  // one of the nearest length comes first.
  function errorsIn(name, typed) {
    const [whole, sought] = [name.join(""), typed.join("")];
    // A short word beside others may be one that joins them, so it is never worse than this.
    const most = (part) => (part.length < 4 && typed.length > 1 ? 1.5 : Infinity);
    const inWord = (part) => Math.min(most(part), ...name.map((word) => (begins(word, part) ? 0 : errors(part, word))));
    const apart = typed.reduce((sum, part) => sum + inWord(part), 0);
    return Math.min(apart, errors(sought, whole)) + Math.abs(whole.length - sought.length) / 100;
  }

  // The same for an entry by any of its names; definitions and lists of words are none.
  const isName = (words) => words.length <= 5;
  const leastErrors = ({ names }, typed) => Math.min(...names.filter(isName).map((name) => errorsIn(name, typed)));

  // The entries by their rank, the least first; equal ones stay in their order.
  function ranked(entries, rankOf) {
    const all = entries.map((entry) => ({ entry, at: rankOf(entry) })).filter(({ at }) => at < NONE);
    return all.sort((one, other) => one.at - other.at);
  }

  // The members of groups of states, with the name of the group in their second line.
  const members = (groups, entries) =>
    groups.flatMap(({ title, places }) => places.map((at) => ({ ...entries[at], note: `${title} · ${entries[at].note}` })));

  function found({ entries, groups }, text) {
    const words = wordsOf(text);
    // A year says nothing about the place: "peru 2022" is a question about Peru.
    const names = words.filter((word) => !/^(19|20)\d\d$/.test(word));
    const typed = names.length ? names : words;
    if (!typed.length) return [];
    const isLong = typed.join("").length > 3;
    const fitOf = (group) => Math.min(...group.names.map((name) => fit(name, typed)));
    let direct = ranked(entries, (entry) => rank(entry, typed));
    let meant = groups.filter((group) => fitOf(group) === EXACT || (isLong && fitOf(group) === START));
    if (!meant.length && !direct.some(({ entry, at }) => at === EXACT || (entry.isState && at === START))) {
      // Typing errors: a state with one error before those of which a word of another name fits; else all
      // states after what fits as it is typed; if nothing fits, all that there is.
      const others = direct.length ? entries.filter((entry) => entry.isState) : entries;
      const near = ranked(others, (entry) => leastErrors(entry, typed) + (entry.isState ? 0 : 0.25));
      const isLikelier = direct.some(({ entry }) => entry.isState);
      meant = direct.length ? [] : groups.filter((group) => leastErrors(group, typed) < NONE);
      direct = isLikelier ? [...near.filter(({ at }) => at >= 1 && at < 1.5), ...direct] : [...direct, ...near];
    }
    const results = direct.slice(0, MOST).map(({ entry }) => entry);
    const isGroup = meant.some((group) => fitOf(group) === EXACT);
    const before = isGroup ? direct.filter(({ at }) => at === EXACT).length : results.length;
    const all = [...results.slice(0, before), ...members(meant, entries), ...results.slice(before)];
    return all.filter(({ address }, at) => all.findIndex((each) => each.address === address) === at);
  }

  let known;
  async function loadIndex(language) {
    await window.tipstat.load(new URL(`search-${language}.js`, here).href);
    const named = (title, others) => ({ title, names: [title, ...others].map(wordsOf) });
    known ||= {
      entries: window.tipstat.index.map(([title, note, address, isState, others]) => ({
        ...named(title, others), note, isState, address: new URL(`../${language}/${address}`, here).href,
      })),
      groups: window.tipstat.groups.map(([title, others, places]) => ({ ...named(title, others), places })),
    };
    return known;
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
