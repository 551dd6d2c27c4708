// What a hand does: choose a theme, copy a hash, set the replay's speed, send a short filter.

function theme(root) {
  const button = document.getElementById("theme");
  const label = document.getElementById("theme-label");
  const name = () => {
    label.textContent = root.dataset.theme === "dark" ? "Use light theme" : "Use dark theme";
    button.title = label.textContent;
  };
  button.hidden = false;
  name();
  button.addEventListener("click", () => {
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("auriga-theme", root.dataset.theme);
    } catch {
      // Not kept, then; it still holds for this page.
    }
    name();
  });
}

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.copy);
  button.classList.add("copied");
  setTimeout(() => button.classList.remove("copied"), 1500);
}

async function replay(form, submitter, refresh) {
  const body = new URLSearchParams();
  body.set(submitter.name, submitter.value);
  await fetch(form.action, { method: "POST", body, redirect: "manual" });
  refresh();
}

export function startControls(root, refresh) {
  theme(root);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-copy]");
    if (button) {
      copy(button);
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.classList.contains("replay")) {
      event.preventDefault();
      replay(form, event.submitter, refresh);
    } else if (form.classList.contains("filters")) {
      // Empty fields would only lengthen the permalink.
      const fields = [...form.elements].filter((field) => field.name && field.value === "");
      fields.forEach((field) => (field.disabled = true));
      setTimeout(() => fields.forEach((field) => (field.disabled = false)));
    }
  });
}
