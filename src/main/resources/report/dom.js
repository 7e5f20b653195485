// Building the document. Text always goes in as text nodes: much of it was written by a model.

/** An element; strings among the children become text, missing ones (null, false) are left out. */
function element(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    node.setAttribute(name, value);
  }
  const present = (child) => child != null && child !== false && child !== "";
  node.append(...children.flat(Infinity).filter(present));
  return node;
}

function section(title, sentence, ...children) {
  return element("section", {},
    element("h2", {}, title),
    sentence && element("p", { class: "quiet" }, sentence),
    ...children);
}

function empty(sentence) {
  return element("p", { class: "empty" }, sentence);
}

function figure(title, caption, ...children) {
  return element("figure", {},
    element("h3", {}, title),
    element("figcaption", {}, caption),
    ...children);
}

/** Text with every occurrence of the given strings marked, whatever their case. */
function marked(text, evidence) {
  const wanted = evidence.filter((string) => string.trim() !== "");
  if (wanted.length === 0) {
    return [text];
  }
  // The longest first: of two strings that begin alike the longer one is marked.
  const pattern = wanted
    .toSorted((a, b) => b.length - a.length)
    .map((string) => string.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("|");
  // A split by a capturing group keeps what was found, at the odd places.
  return text
    .split(new RegExp(`(${pattern})`, "giu"))
    .map((part, index) => (index % 2 === 1 ? element("mark", {}, part) : part));
}

/** What a model or a document says, with its own line breaks and direction of writing. */
function written(text, evidence) {
  return element("p", { class: "written", dir: "auto" }, ...marked(text, evidence));
}

/**
 * A table.
 *
 * @param columns names; one that begins with "#" holds numbers; all empty for no head
 * @param rows arrays of texts
 */
function table(columns, rows) {
  const kind = columns.map((name) => (name.startsWith("#") ? { class: "number" } : {}));
  const head = columns.map((name, i) =>
    element("th", { scope: "col", ...kind[i] }, name.replace(/^#/, "")));
  const named = columns.some((name) => name !== "");
  const body = rows.map((row) =>
    element("tr", {}, row.map((cell, i) => element("td", kind[i], cell))));
  return element("div", { class: "scroll", tabindex: "0" },
    element("table", {},
      named && element("thead", {}, element("tr", {}, head)),
      element("tbody", {}, body)));
}

/** The numbers of a chart, as a table to open. */
function numbers(columns, rows) {
  return element("details", {},
    element("summary", {}, "The numbers"),
    table(columns, rows));
}

// Numbers as they are read. A figure that is not finite arrives as a string and is shown as a gap.

const GAP = "–";

function finite(value) {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function whole(value) {
  return finite(value) === null ? GAP : value.toLocaleString("en-US", { maximumFractionDigits: 0 });
}

function percent(share) {
  return finite(share) === null ? GAP : `${(share * 100).toFixed(1)}%`;
}

/** Two decimals with their sign, for rewards: they begin at zero and either side of it matters. */
function signed(value) {
  return finite(value) === null ? GAP : value.toLocaleString("en-US",
    { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: "negative" })
    .replace("-", "−");
}

/** Four significant digits, without exponent where that is readable. */
function decimal(value) {
  if (finite(value) === null) {
    return GAP;
  }
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e6)
    ? value.toExponential(2)
    : value.toLocaleString("en-US", { maximumSignificantDigits: 4 });
}

/** A standard error in words; a single text tells none. */
function uncertainty(standardError, format) {
  return finite(standardError) === null
    ? "standard error unknown from one text" : `± ${format(standardError)} standard error`;
}

/** A figure, or its standard error, with the decimals of which the error leaves something. */
function rounded(value, standardError) {
  return finite(value) === null || !(finite(standardError) > 0)
    ? decimal(value)
    : value.toFixed(Math.max(0, -Math.floor(Math.log10(standardError))));
}
