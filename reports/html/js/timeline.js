// Timelines: zoom, the exchange under the pointer or the focus in words, arrow keys from mark to mark. Each is set up when it is first opened.
(() => {
  const ZOOMS = [100, 200, 400, 800, 1600, 3200];

  const button = (words, label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  };

  const zoomable = (figure, drawing, scroll) => {
    let level = 0;
    const set = (next) => {
      const middle = (scroll.scrollLeft + scroll.clientWidth / 2) / scroll.scrollWidth;
      level = Math.min(Math.max(next, 0), ZOOMS.length - 1);
      drawing.style.width = `${ZOOMS[level]}%`;
      scroll.scrollLeft = middle * scroll.scrollWidth - scroll.clientWidth / 2;
      said.textContent = level === 0 ? "" : `${ZOOMS[level]} %`;
    };
    const bar = document.createElement("div");
    bar.className = "zoom";
    const said = document.createElement("span");
    bar.append(
      button("\u2212", "Zoom out", () => set(level - 1)),
      button("+", "Zoom in", () => set(level + 1)),
      button("Fit", "Show the whole timeline", () => set(0)),
      said,
    );
    figure.prepend(bar);
  };

  const setUp = (figure) => {
    const scroll = figure.querySelector(".scroll");
    const drawing = figure.querySelector(".timeline");
    zoomable(figure, drawing, scroll);
    // The names of lanes stay in sight when the drawing is moved sideways.
    scroll.addEventListener("scroll", () => {
      for (const name of drawing.querySelectorAll("text.lane")) name.setAttribute("x", scroll.scrollLeft + 6);
    });

    const readout = document.createElement("output");
    readout.className = "readout";
    readout.textContent = "Point at a mark, or walk along them with the arrow keys.";
    scroll.after(readout);
    const tell = (event) => {
      const mark = event.target.closest(".mark, .band");
      if (mark) readout.textContent = mark.querySelector("title").textContent;
    };
    drawing.addEventListener("pointerover", tell);
    drawing.addEventListener("focusin", tell);

    // One stop for the tab key; from there, arrows: left and right along a lane, up and down between lanes.
    const links = [...drawing.querySelectorAll(".mark a")];
    const place = (link) => parseFloat(link.parentElement.getAttribute("x"));
    for (const [i, link] of links.entries()) link.setAttribute("tabindex", i === 0 ? "0" : "-1");
    const go = (link) => {
      if (!link) return;
      for (const other of links) other.setAttribute("tabindex", "-1");
      link.setAttribute("tabindex", "0");
      link.focus();
      link.scrollIntoView({ block: "nearest", inline: "nearest" });
    };
    const nearest = (lane, from) =>
      [...lane.querySelectorAll(".mark a")].sort((a, b) => Math.abs(place(a) - from) - Math.abs(place(b) - from))[0];
    const beside = (link, step) => {
      let lane = link.closest("g");
      do {
        lane = step > 0 ? lane.nextElementSibling : lane.previousElementSibling;
      } while (lane && !lane.querySelector(".mark a"));
      return lane ? nearest(lane, place(link)) : null;
    };
    drawing.addEventListener("keydown", (event) => {
      const link = event.target.closest(".mark a");
      if (!link) return;
      const lane = [...link.closest("g").querySelectorAll(".mark a")];
      const at = lane.indexOf(link);
      const moves = {
        ArrowRight: () => lane[at + 1],
        ArrowLeft: () => lane[at - 1],
        ArrowDown: () => beside(link, 1),
        ArrowUp: () => beside(link, -1),
        Home: () => lane[0],
        End: () => lane[lane.length - 1],
      };
      if (!(event.key in moves)) return;
      event.preventDefault();
      go(moves[event.key]());
    });
  };

  addEventListener("entry-opened", ({ target }) => {
    for (const figure of target.querySelectorAll(".timeline-figure:not([data-ready])")) {
      figure.dataset.ready = "yes";
      setUp(figure);
    }
  });
})();
