// Shows only promises and scenarios of chosen verdicts, of one promise, or with some text. The choice stands in the address, so that it can be sent.
(() => {
  const MARK = "#show?";

  addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector(".filter");
    if (!form) return;
    const entries = [...document.querySelectorAll(".entry")];
    const output = form.querySelector("output");
    const texts = new Map();
    const textOf = (entry) => {
      if (!texts.has(entry)) texts.set(entry, entry.textContent.toLowerCase());
      return texts.get(entry);
    };

    // An address may ask for what this report has not: then nothing is shown, rather than all.
    let asksForWhatIsNotHere = false;
    const count = () => {
      const shown = entries.filter((entry) => !entry.hidden).length;
      output.textContent = shown === entries.length ? "" : `${shown} of ${entries.length} shown`;
    };
    const apply = () => {
      const chosen = new Set([...form.querySelectorAll("[name=verdict]:checked")].map((box) => box.value));
      const requirement = form.elements.requirement.value;
      const text = form.elements.text.value.trim().toLowerCase();
      for (const entry of entries) {
        const fits =
          !asksForWhatIsNotHere &&
          (chosen.size === 0 || chosen.has(entry.dataset.verdict)) &&
          (requirement === "" || (entry.dataset.requirements || "").split(" ").includes(requirement)) &&
          (text === "" || textOf(entry).includes(text));
        entry.hidden = !fits;
      }
      for (const group of document.querySelectorAll(".group")) group.hidden = !group.querySelector(".entry:not([hidden])");
      count();
      return new URLSearchParams(
        [["verdict", [...chosen].join(",")], ["promise", requirement], ["text", text]].filter(([, value]) => value !== ""),
      ).toString();
    };
    const changed = () => {
      asksForWhatIsNotHere = false;
      if (form.elements.requirement.selectedIndex < 0) form.elements.requirement.value = "";
      const state = apply();
      history.replaceState(null, "", state === "" ? location.pathname + location.search : MARK + state);
    };
    const choose = (state) => {
      const verdicts = (state.get("verdict") || "").split(",").filter((verdict) => verdict !== "");
      const boxes = [...form.querySelectorAll("[name=verdict]")];
      for (const box of boxes) box.checked = verdicts.includes(box.value);
      form.elements.requirement.value = state.get("promise") || "";
      form.elements.text.value = state.get("text") || "";
      asksForWhatIsNotHere = (verdicts.length > 0 && !boxes.some((box) => box.checked)) || form.elements.requirement.selectedIndex < 0;
    };
    const read = () => {
      // A link to a verdict or an exchange leaves the choice as it is.
      if (!location.hash.startsWith(MARK) && location.hash !== "") return;
      choose(new URLSearchParams(location.hash.slice(MARK.length)));
      apply();
    };

    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", changed);
    form.addEventListener("reset", (event) => {
      // A browser empties the fields only after this event.
      event.preventDefault();
      choose(new URLSearchParams());
      changed();
    });
    addEventListener("hashchange", read);
    addEventListener("entries-revealed", count);
    read();
  });
})();
