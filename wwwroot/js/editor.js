// A plain text area that tells the page what is written once typing rests, and goes to a line on request.

const rest = 300;

export const follow = (area, page) => {
  let timer;
  const tell = () => page.invokeMethodAsync("ChangedAsync", DotNet.createJSStreamReference(new TextEncoder().encode(area.value))).catch(() => {});
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(tell, rest);
  });
  document.addEventListener("click", event => {
    const line = Number(event.target.closest?.("[data-line]")?.dataset.line);
    if (!line || !area.isConnected) return;
    const lines = area.value.split("\n");
    const from = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    area.focus();
    area.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
    area.scrollTop = Math.max(0, (line - 4) * parseFloat(getComputedStyle(area).lineHeight));
  });
};
