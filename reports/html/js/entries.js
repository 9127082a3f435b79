// Tells the other parts that a promise or a scenario was opened, once it is all there: a browser says so of one that is born open before it has read
// what is in it.
(() => {
  const tell = (entry) => entry.dispatchEvent(new Event("entry-opened", { bubbles: true }));
  addEventListener(
    "toggle",
    ({ target }) => {
      if (document.readyState !== "loading" && target.matches(".entry[open]")) tell(target);
    },
    true,
  );
  addEventListener("DOMContentLoaded", () => {
    for (const entry of document.querySelectorAll(".entry[open]")) tell(entry);
  });
})();
