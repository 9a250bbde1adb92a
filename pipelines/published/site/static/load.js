// The page's edition; and loads a script of the site, once; a page from disk cannot fetch data. A failure is forgotten, so that
// the next attempt may succeed.
window.tipstat = window.tipstat || {};
(() => {
  "use strict";
  // A page of few sources has an edition of its own: the newest day of these.
  const { lang, dataset } = document.documentElement;
  if (dataset.edition) window.tipstat.editions[lang] = dataset.edition;

  const loads = {};

  window.tipstat.load = (src) => {
    loads[src] ||= new Promise((onload, onerror) => {
      document.head.append(Object.assign(document.createElement("script"), { src, onload, onerror }));
    }).catch((error) => {
      delete loads[src];
      throw error;
    });
    return loads[src];
  };
})();
