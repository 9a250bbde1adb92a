// Keeps the place on the page when the reader changes the language.
(() => {
  "use strict";

  function keep() {
    for (const link of document.querySelectorAll(".languages a")) link.hash = location.hash;
  }

  window.addEventListener("hashchange", keep);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", keep);
  else keep();
})();
