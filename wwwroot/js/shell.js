// What the browser does by itself, without asking the server: dialogs, keys, ages, theme, reconnecting.
(() => {
  const root = document.documentElement;
  const offset = Number(root.dataset.now || Date.now()) - Date.now();
  const dialog = id => document.getElementById(id);

  const open = id => {
    const found = dialog(id);
    if (found && !found.open) {
      found.showModal();
      found.querySelector("[autofocus]")?.focus();
    }
  };
  const close = id => dialog(id)?.close();

  window.ops = {
    // Browsers hide it from the page's markup; only who may run scripts here may add styles.
    nonce: document.currentScript.nonce,
    open,
    close,
    watchTab: bridge => {
      const tell = () => bridge.invokeMethodAsync("SetHidden", document.hidden).catch(() => {});
      document.addEventListener("visibilitychange", tell);
      tell();
      window.ops.live = true;
    },
  };

  const remember = (name, value) => {
    root.dataset[name] = value;
    document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
    document.dispatchEvent(new CustomEvent("ops-look"));
  };
  const actions = {
    theme: () => remember("theme", root.dataset.theme === "light" ? "dark" : "light"),
    density: () => remember("density", root.dataset.density === "compact" ? "roomy" : "compact"),
    reload: () => location.reload(),
  };

  document.addEventListener("click", event => {
    const target = event.target.closest?.("[data-opens],[data-closes],[data-action]");
    if (target?.dataset.opens) open(target.dataset.opens);
    if (target?.dataset.closes) close(target.dataset.closes);
    if (target?.dataset.action) actions[target.dataset.action]?.();
    if (event.target.nodeName === "DIALOG") event.target.close();
  });

  document.addEventListener("keydown", event => {
    if (event.ctrlKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open("palette");
    }
    if (event.ctrlKey && event.shiftKey && event.key.toLowerCase() === "x") {
      event.preventDefault();
      open("cord-dialog");
    }
    if (event.target.getAttribute?.("role") === "combobox" && (event.key === "ArrowDown" || event.key === "ArrowUp")) event.preventDefault();
  });

  const words = (ms, fine) => {
    const s = Math.abs(ms) / 1000;
    if (s < 1 || (fine && s < 10)) return `${s.toFixed(1)} s`;
    if (s < 100) return `${Math.round(s)} s`;
    if (s < 6000) return `${Math.round(s / 60)} min`;
    if (s < 172800) return `${Math.floor(s / 3600)} h ${Math.floor(s % 3600 / 60)} min`;
    return `${Math.floor(s / 86400)} d ${Math.floor(s % 86400 / 3600)} h`;
  };

  // An age in a shadow of its own: Blazor owns the attributes, the browser the words.
  const ages = new Set();
  class Age extends HTMLElement {
    connectedCallback() {
      this.shadow ??= this.attachShadow({ mode: "open" });
      ages.add(this);
      this.show();
    }
    disconnectedCallback() { ages.delete(this); }
    static get observedAttributes() { return ["at", "prefix", "suffix"]; }
    attributeChangedCallback() { if (this.shadow) this.show(); }
    show() {
      const text = (this.getAttribute("prefix") ?? "") + words(Date.now() + offset - Number(this.getAttribute("at")), this.hasAttribute("fine")) + (this.getAttribute("suffix") ?? "");
      if (this.shadow.textContent !== text) this.shadow.textContent = text;
    }
  }
  customElements.define("ops-age", Age);
  setInterval(() => { if (!document.hidden) ages.forEach(age => age.show()); }, 500);

  // Blazor shows its state in the classes of this element. When it gives up, or the server no longer knows the circuit, ask until the server answers, then load again.
  document.addEventListener("DOMContentLoaded", () => {
    const modal = document.getElementById("components-reconnect-modal");
    if (!modal) return;
    let asking = false;
    const ask = async () => {
      if (asking) return;
      asking = true;
      for (;;) {
        try {
          if ((await fetch("/health", { cache: "no-store" })).ok) return location.reload();
        } catch { /* not there yet */ }
        await new Promise(done => setTimeout(done, 2000));
      }
    };
    new MutationObserver(() => {
      if (modal.classList.contains("components-reconnect-failed") || modal.classList.contains("components-reconnect-rejected")) ask();
    }).observe(modal, { attributes: true, attributeFilter: ["class"] });
  });
})();
