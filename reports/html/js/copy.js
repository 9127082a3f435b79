// Buttons that copy a command, or the address of a verdict. Made here, since without a script they would do nothing.
(() => {
  const copy = async (text, button, words, label) => {
    let outcome = "Copied";
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      outcome = "Not allowed";
    }
    clearTimeout(button.pending);
    button.textContent = outcome;
    button.setAttribute("aria-label", `${outcome}: ${label}`);
    button.pending = setTimeout(() => {
      button.textContent = words;
      button.setAttribute("aria-label", label);
    }, 1500);
  };
  const make = (words, label, text) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = words;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", () => copy(text(), button, words, label));
    return button;
  };
  const equip = (root) => {
    for (const box of root.querySelectorAll(".command")) {
      if (box.querySelector(".copy")) continue;
      box.append(make("Copy", "Copy the command", () => box.querySelector("code").textContent));
    }
  };
  // Entries get theirs when they are opened: there may be thousands.
  const equipEntry = (entry) => {
    if (entry.dataset.equipped) return;
    entry.dataset.equipped = "yes";
    equip(entry);
    const address = () => `${location.href.split("#")[0]}#${encodeURI(entry.id)}`;
    const label = `Copy a link to ${entry.querySelector(".id").textContent}`;
    entry.querySelector(".body").append(make("Copy link", label, address));
  };
  addEventListener("DOMContentLoaded", () => {
    for (const section of document.querySelectorAll("main > section:not(.filtered)")) equip(section);
  });
  addEventListener("entry-opened", ({ target }) => equipEntry(target));
})();
