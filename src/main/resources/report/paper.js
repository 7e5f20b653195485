// The paper's tables and its Fig. 3, for this run's models; built by the package report.paper.

const extras = JSON.parse(document.getElementById("extras").textContent);

/** Links to the files of a chart beside the page; nothing where they were not written. */
function fileLinks(name) {
  const links = ["csv", "png"].map((ending) => `${name}.${ending}`)
    .filter((file) => extras.files.includes(file))
    .map((file) => element("a", { href: `charts/${file}` }, file.split(".").at(-1).toUpperCase()));
  return links.length > 0 && element("p", { class: "files" }, links);
}

const NOT_RUN = "—";

function paperFigure(value, why) {
  return finite(value) === null
    ? element("td", { class: "number missing", title: why }, NOT_RUN)
    : element("td", { class: "number" }, value.toFixed(2));
}

/** Rows of one origin; a model's name spans its rows. */
function paperRows(rows, hasDetail, why) {
  return rows.map((row, i) => {
    const isFirst = i === 0 || rows[i - 1].model !== row.model;
    const next = rows.findIndex((other, j) => j > i && other.model !== row.model);
    const span = String((next < 0 ? rows.length : next) - i);
    return element("tr", { class: isFirst ? "first" : "again" },
      isFirst && element("th", { scope: "row", rowspan: span }, row.model),
      hasDetail && element("td", {}, row.detail),
      row.figures.map((value) => paperFigure(value, why)));
  });
}

function paperTable(paper) {
  const hasDetail = paper.detail_head !== "";
  const columns = 1 + (hasDetail ? 1 : 0) + paper.heads.length;
  const origin = (text, kind) => element("tr", { class: `origin ${kind}` },
    element("th", { colspan: String(columns), scope: "rowgroup" }, element("span", {}, text)));
  return figure(paper.titles.title, paper.titles.caption,
    element("div", { class: "scroll paper", tabindex: "0" },
      element("table", {},
        element("thead", {}, element("tr", {},
          element("th", { scope: "col" }, "model"),
          hasDetail && element("th", { scope: "col" }, paper.detail_head),
          paper.heads.map((head) => element("th", { scope: "col", class: "number" }, head)))),
        element("tbody", {}, origin("This run", "own"),
          paperRows(paper.own, hasDetail, "not run")),
        element("tbody", { class: "published" },
          origin(`Published: ${paper.remarks.source}`, "others"),
          paperRows(paper.published, hasDetail, "not published")))),
    paper.remarks.notes.map((note) => element("p", { class: "note" }, note)),
    fileLinks(paper.name));
}

/** The paper's Fig. 3: a group of bars for each task, the paper's in grey. */
function shortMargins(margins) {
  const series = [
    ...margins.own.map((model, i) => ({ ...model,
      // The colours that the models have in the other charts, where the first is the base.
      colour: modelColours([null, ...margins.own])[i + 1], name: model.model })),
    ...margins.published.map((model, i) => ({ ...model,
      colour: `published-${i % 4 + 1}`, name: `${model.model} (published)` })),
  ];
  const points = (value) => finite(value) === null ? NOT_RUN
    : value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2,
      signDisplay: "exceptZero" }).replace("-", "−");
  const option = () => {
    const tasks = { type: "category", data: margins.tasks };
    const value = { type: "value", axisLabel: { formatter: (tick) => decimal(tick).replace("-", "−") } };
    return {
      tooltip: tooltip({ axisPointer: { type: "shadow" }, valueFormatter: points }),
      xAxis: narrow() ? axis("points", value) : axis("", tasks),
      yAxis: narrow() ? namesAxis(margins.tasks, 84)
        : valueAxis("points above the model before", value),
      ...(narrow() ? { grid: besideNames(84, { right: 18, bottom: 44 }) } : {}),
      series: series.map((model) => ({
        type: "bar",
        name: model.name,
        color: colour(model.colour),
        barMaxWidth: 22,
        barGap: "12%",
        barCategoryGap: "28%",
        data: model.figures,
      })),
    };
  };
  const bars = series.length * margins.tasks.length;
  return figure("Fig. 3: short contexts against the model before",
    `How many points of a hundred each model is above or below the one that it was trained from; ` +
    `MT-Bench's ten points are stretched to a hundred. Yours are against “${margins.base}”. ` +
    `Grey: ${margins.source}; the paper's figure has further methods, whose numbers it does not give.`,
    legend(series.map((model) => [model.name, model.colour])),
    chart(narrow() ? 90 + 11 * bars : 340, "Short contexts against the model before, by task", option),
    numbers(["model", ...margins.tasks.map((task) => `#${task}`)],
      series.map((model) => [model.name, ...model.figures.map(points)])),
    fileLinks("paper-figure-3"));
}

/** Only where one of the tasks was run. */
function paperTables() {
  if (extras.paper_tables.length === 0) {
    return null;
  }
  return section("As in the paper",
    "This run's figures in the tables of the LongPO paper, above the figures that it published. " +
    "A dash stands for what was not run. Figures compare only where questions, lengths and " +
    "prompts are the same; the paper gives no errors.",
    extras.paper_tables.map(paperTable),
    extras.short_margins && shortMargins(extras.short_margins));
}
