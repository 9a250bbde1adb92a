// Draws each figure from the JSON beside it, when it is about to be seen or printed.
(function () {
  "use strict";
  var config = { displayModeBar: false, responsive: true, showTips: false };

  function draw(box) {
    if (box.dataset.drawn) return;
    box.dataset.drawn = "true";
    var figure = JSON.parse(document.getElementById(box.dataset.figure).textContent);
    Plotly.newPlot(box, figure.data, figure.layout, config);
  }

  var boxes = Array.from(document.querySelectorAll(".chart"));
  var watch = new IntersectionObserver(
    function (entries) {
      entries.forEach(function (entry) {
        if (entry.isIntersecting) {
          watch.unobserve(entry.target);
          draw(entry.target);
        }
      });
    },
    { rootMargin: "300px" }
  );
  boxes.forEach(function (box) { watch.observe(box); });
  window.addEventListener("beforeprint", function () { boxes.forEach(draw); });
})();
