// A link to a verdict or an exchange shows it: what it stands in is opened, and what was filtered away comes back.
(() => {
  const reveal = () => {
    let name;
    try {
      name = decodeURIComponent(location.hash.slice(1));
    } catch {
      return;
    }
    const target = document.getElementById(name);
    if (!target) return;
    for (let element = target; element; element = element.parentElement) {
      if (element.matches("details")) element.open = true;
      if (element.matches(".entry, .group")) element.hidden = false;
    }
    dispatchEvent(new Event("entries-revealed"));
    target.scrollIntoView();
    const focus = target.matches("details") ? target.querySelector("summary") : target;
    if (!focus.hasAttribute("tabindex") && focus === target) focus.tabIndex = -1;
    focus.focus({ preventScroll: true });
  };
  addEventListener("hashchange", reveal);
  addEventListener("DOMContentLoaded", () => {
    if (location.hash) reveal();
  });
  // A link to where the page already is changes no hash.
  addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.getAttribute("href") === location.hash) reveal();
  });
})();
