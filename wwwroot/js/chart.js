// Draws typed traces with plotly.js, in the colours of the theme.

// plotly.js writes its rules into a style element of this id, and adds the sheet of maps, which no chart here is, where there is none of the other. Both are
// there before it, the first with the page's nonce: the page lets nobody add styles of their own.
const styles = ["plotly.js-style-global", "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53"];
const prepare = () => styles.filter(id => !document.getElementById(id)).forEach(id => {
  const style = document.createElement("style");
  style.id = id;
  style.nonce = window.ops.nonce;
  document.head.append(style);
});

let loading;
const plotly = () => loading ??= new Promise((done, fail) => {
  if (window.Plotly) return done(window.Plotly);
  prepare();
  const script = document.createElement("script");
  script.src = "lib/plotly-cartesian.min.js";
  script.onload = () => done(window.Plotly);
  script.onerror = () => { loading = undefined; fail(new Error("plotly.js could not be loaded")); };
  document.head.append(script);
});

const token = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const drawn = new Map();

const render = async (place, traces, layout) => {
  const library = await plotly();
  const line = token("line"), muted = token("muted");
  const shapes = [];
  if (layout.badFrom) shapes.push({ type: "rect", xref: "x", yref: "paper", x0: layout.badFrom, x1: traces.flatMap(t => t.x).reduce((a, b) => a > b ? a : b, layout.badFrom), y0: 0, y1: 1, fillcolor: token("bad-quiet"), line: { width: 0 }, layer: "below" });
  if (layout.limit != null) shapes.push({ type: "line", xref: "paper", x0: 0, x1: 1, y0: layout.limit, y1: layout.limit, line: { color: token("warn"), width: 1.5, dash: "dash" } });
  await library.react(place,
    traces.map(t => ({ name: t.name, x: t.x, y: t.y, type: t.type, mode: t.mode, line: { color: token(t.token), width: t.width, dash: t.dash, shape: t.steps ? "vh" : "linear" }, marker: { color: token(t.token), symbol: t.symbol, size: 9 }, hovertemplate: "%{y:.4g}<extra>%{fullData.name}</extra>" })),
    {
      margin: { l: 56, r: 12, t: 8, b: 32 }, paper_bgcolor: "transparent", plot_bgcolor: "transparent", font: { color: muted, family: token("font"), size: 12 },
      xaxis: { gridcolor: line, zeroline: false }, yaxis: { gridcolor: line, zeroline: false, title: { text: layout.yTitle }, rangemode: "tozero" },
      legend: { orientation: "h", y: 1.15 }, showlegend: traces.length > 1, shapes, hovermode: "x unified", hoverlabel: { bgcolor: token("raised") },
      annotations: layout.limitWords ? [{ xref: "paper", x: 1, y: layout.limit, text: layout.limitWords, showarrow: false, xanchor: "right", yanchor: "bottom", font: { color: token("warn") } }] : [],
    },
    { displayModeBar: false, responsive: true });
};

export const draw = (place, traces, layout) => {
  drawn.set(place, [traces, layout]);
  return render(place, traces, layout);
};

export const drop = place => {
  drawn.delete(place);
  if (place && window.Plotly) window.Plotly.purge(place);
};

document.addEventListener("ops-look", () => drawn.forEach(([traces, layout], place) => render(place, traces, layout)));
