// Light or dark: as the system has it, until somebody says otherwise. Set before anything is painted; remembered where the browser lets a file.
(() => {
  const root = document.documentElement;
  const stored = () => {
    try {
      return localStorage.getItem("pinproof-theme");
    } catch {
      return null;
    }
  };
  const store = (theme) => {
    try {
      localStorage.setItem("pinproof-theme", theme);
    } catch {
      // A browser that forgets is no reason to fail.
    }
  };
  const isDark = () => {
    if (root.dataset.theme) return root.dataset.theme === "dark";
    return matchMedia("(prefers-color-scheme: dark)").matches;
  };
  const remembered = stored();
  if (remembered === "dark" || remembered === "light") root.dataset.theme = remembered;

  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector(".theme");
    const label = () => {
      button.textContent = isDark() ? "Light" : "Dark";
      button.setAttribute("aria-label", isDark() ? "Use light colours" : "Use dark colours");
    };
    button.hidden = false;
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      store(root.dataset.theme);
      label();
    });
    label();
  });
})();
