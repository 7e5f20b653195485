// The sections of the page, in the order in which they are read.

// The keys are those of the record ReportData, in snake_case.
const data = JSON.parse(document.getElementById("data").textContent);

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

const ascending = (a, b) => a - b;
const distinct = (values) => [...new Set(values)];
const sum = (values) => values.reduce((total, value) => total + value, 0);

// --- the head -----------------------------------------------------------------------------------

function tile(label, from, to, note) {
  return element("div", { class: "tile" },
    element("div", { class: "label" }, label),
    element("div", { class: "value" },
      from && [
        element("span", { class: "from" }, from),
        element("span", { class: "arrow" }, "→"),
      ],
      to),
    element("div", { class: "note" }, note));
}

/** "80.0%" or "1.234", as the metric is written. */
function formatted(metric, value) {
  return metric.scale === "PERCENT" ? percent(value) : decimal(value);
}

/** A metric's headline rows over all samples of a task: one for each length. */
function headlines(model, task) {
  return model.rows.filter((row) =>
    row.task === task.id && row.metric === task.metrics[0].id && row.slice === null);
}

/** The models with their headline rows of a task, without models that have none. */
function measured(task) {
  return data.evaluations.models
    .map((model) => ({ model: model.model, rows: headlines(model, task) }))
    .filter((series) => series.rows.length > 0);
}

function tasksOf(context) {
  return data.evaluations.tasks.filter((task) =>
    task.context === context && measured(task).length > 0);
}

/** The first model beside the last, at the greatest length that both have; null without two. */
function taskTile(task) {
  const series = measured(task);
  if (series.length < 2) {
    return null;
  }
  const [before, after] = [series[0].rows, series.at(-1).rows];
  const now = after.findLast((row) => before.some((earlier) => earlier.length === row.length));
  if (!now) {
    return null;
  }
  const old = before.find((row) => row.length === now.length);
  const metric = task.metrics[0];
  const error = now.estimate.standard_error;
  const value = (row) => metric.scale === "PERCENT"
    ? percent(row.estimate.value) : rounded(row.estimate.value, error);
  const label = now.length === null
    ? `${task.context === "SHORT" ? "Short context" : "Long texts"}, ${task.subject}: ${metric.label}`
    : `${task.name}, ${metric.label} at ${whole(now.length)} tokens`;
  return tile(label, value(old), value(now),
    `${uncertainty(error, (error) => metric.scale === "PERCENT" ? percent(error) : rounded(error, error))}, ` +
    `n = ${whole(now.estimate.n)}, ${metric.higher_is_better ? "higher" : "lower"} is better`);
}

function pairsTile() {
  if (data.pairs.generation.length === 0) {
    return null;
  }
  const kept = sum(data.pairs.generation.map((round) => round.kept));
  const dropped = sum(data.pairs.generation.flatMap((round) => round.dropped.map((drop) => drop.count)));
  return tile("Pairs the model made for itself", null, whole(kept),
    `of ${whole(kept + dropped)} tried; the rest was filtered out`);
}

/** "at step 3", "mean of steps 3 to 4". */
function stepsOf(line) {
  return line.first_step === line.step ? `at step ${whole(line.step)}`
    : `mean of steps ${whole(line.first_step)} to ${whole(line.step)}`;
}

function marginTile() {
  const rewarded = data.training.filter((step) => finite(step.metrics["rewards/margins"]) !== null);
  if (rewarded.length === 0) {
    return null;
  }
  const last = rewarded.at(-1);
  return tile("Reward margin, chosen over rejected",
    rewarded.length > 1 && signed(rewarded[0].metrics["rewards/margins"]),
    signed(last.metrics["rewards/margins"]), `nats, ${stepsOf(last)}`);
}

function head() {
  const long = tasksOf("LONG").map(taskTile).find(Boolean);
  const tiles = [long, ...tasksOf("SHORT").map(taskTile), pairsTile(), marginTile()].filter(Boolean);
  return element("header", {},
    element("h1", {}, data.title),
    data.summary && element("p", { class: "lead" }, data.summary),
    tiles.length > 0 && element("div", { class: "tiles" }, tiles));
}

// --- long contexts ------------------------------------------------------------------------------

/** One task's headline metric by length, a line for each model. */
function byLength(task) {
  const metric = task.metrics[0];
  const all = measured(task);
  const lengths = distinct(all.flatMap((series) => series.rows.map((row) => row.length)))
    .sort(ascending);
  const colours = modelColours(all);
  const isShare = metric.scale === "PERCENT";
  const context = data.evaluations.context_tokens;
  const inWindow = context === null ? -1 : lengths.findLastIndex((tokens) => tokens <= context);
  const option = () => ({
    tooltip: tooltip({ valueFormatter: (value) => formatted(metric, value) }),
    xAxis: axis("tokens of context", {
      type: "category",
      data: lengths.map(whole),
      splitLine: { show: false },
    }),
    yAxis: valueAxis(metric.label, isShare
      ? { min: 0, max: 1, axisLabel: { formatter: (value) => `${Math.round(value * 100)}%` } }
      : { scale: true, axisLabel: { formatter: decimal } }),
    series: (inWindow < 0 ? [] : [band(inWindow, "context of the first model")]).concat(all.flatMap((series, i) => {
      const place = (row) => lengths.indexOf(row.length);
      const rows = series.rows.filter((row) => finite(row.estimate.value) !== null);
      const low = ({ value, standard_error: error }) => isShare ? Math.max(0, value - error) : value - error;
      const high = ({ value, standard_error: error }) => isShare ? Math.min(1, value + error) : value + error;
      return [
        {
          type: "line",
          name: series.model,
          color: colour(colours[i]),
          symbol: "circle",
          symbolSize: 8,
          lineStyle: { width: i === all.length - 1 ? 3 : 2 },
          data: rows.map((row) => [place(row), row.estimate.value]),
        },
        errorBars(rows.filter((row) => finite(row.estimate.standard_error) !== null)
          .map((row) => [place(row), low(row.estimate), high(row.estimate)]), colours[i], false),
      ];
    })),
  });
  const rows = all.flatMap((series) => series.rows.map((row) => [
    series.model, whole(row.length), formatted(metric, row.estimate.value),
    formatted(metric, row.estimate.standard_error), whole(row.estimate.n),
  ]));
  return figure(task.name,
    `${task.subject}, by the text's length. Bars show one standard error` +
    ` over the ${task.units.clusters}, where there are several.` +
    (inWindow < 0 ? "" : ` The shaded lengths lie within the context that the first model's ` +
      `config.json names (${whole(context)} tokens).`),
    legend(all.map((series, i) => [series.model, colours[i]])),
    chart(narrow() ? 280 : 360, `${task.name}: ${metric.label} by context length`, option),
    numbers(["model", "#tokens", `#${metric.label}`, "#standard error", "#n"], rows));
}

function longContext() {
  const title = "Long contexts";
  const tasks = tasksOf("LONG");
  const texts = tasksOf("LONG_TEXTS");
  if (tasks.length + texts.length === 0) {
    return section(title, "", empty("There is no evaluation of long contexts yet."));
  }
  return section(title, "", tasks.map(byLength),
    texts.length > 0 && element("div", { class: "grid" }, texts.map(byModel)));
}

/** One model's headline metric of a task by length and slice, such as the depth of the answer. */
function heatMap(task, model, rows) {
  const metric = task.metrics[0];
  const by = rows[0].slice.by;
  const lengths = distinct(rows.map((row) => row.length)).sort(ascending);
  const slices = distinct(rows.toSorted((a, b) => a.slice.order - b.slice.order)
    .map((row) => row.slice.label));
  const option = () => {
    const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
    const onStrong = dark ? "#0b1117" : "#ffffff";
    return {
      tooltip: tooltip({
        trigger: "item",
        formatter: ({ value }) =>
          `${whole(lengths[value[0]])} tokens, ${by} ${slices[value[1]]}: ${formatted(metric, value[2])}`,
      }),
      grid: { left: 8, right: 10, top: 26, bottom: 28, containLabel: true },
      xAxis: axis("tokens of context", { type: "category", data: lengths.map(whole) }),
      yAxis: valueAxis(by, { type: "category", inverse: true, data: slices,
        nameLocation: "start" }),
      visualMap: {
        show: false,
        min: 0,
        max: 1,
        dimension: 2,
        inRange: { color: [colour("heat-low"), colour("heat-high")] },
      },
      series: [{
        type: "heatmap",
        itemStyle: { borderColor: colour("card"), borderWidth: 2, borderRadius: 4 },
        emphasis: { itemStyle: { borderColor: colour("ink") } },
        data: rows.filter((row) => finite(row.estimate.value) !== null).map((row) => ({
          value: [lengths.indexOf(row.length), slices.indexOf(row.slice.label), row.estimate.value],
          label: {
            show: true,
            fontSize: 12,
            color: row.estimate.value > 0.55 ? onStrong : colour("ink"),
            formatter: String(Math.round(row.estimate.value * 100)),
          },
        })),
      }],
    };
  };
  return figure(`${task.name}, ${model}`, `${metric.label}, in per cent.`,
    chart(80 + 38 * slices.length, `${task.name} of ${model} by length and ${by}`, option),
    numbers(["#tokens", `#${by}`, `#${metric.label}`, "#n"], rows.map((row) => [
      whole(row.length), row.slice.label, formatted(metric, row.estimate.value),
      whole(row.estimate.n),
    ])));
}

function depth() {
  const title = "Where in the context";
  // Colours need a scale with two ends, so only shares have a map.
  const maps = tasksOf("LONG").filter((task) => task.metrics[0].scale === "PERCENT")
    .flatMap((task) => data.evaluations.models
      .map((model) => [task, model.model,
        model.rows.filter((row) => row.task === task.id && row.slice !== null)])
      .filter(([, , rows]) => rows.length > 0));
  if (maps.length === 0) {
    return section(title, "", empty("There is no evaluation by depth yet."));
  }
  return section(title,
    "Depth is the place of the text that holds the answer: 0% is the beginning of the context, 100% its end, next to the question.",
    element("div", { class: "grid" }, maps.map(([task, model, rows]) => heatMap(task, model, rows))));
}

// --- the short context --------------------------------------------------------------------------

/** One task's headline metric, a point for each model. */
function byModel(task) {
  const metric = task.metrics[0];
  const scores = measured(task).map(({ model, rows }) => ({ model, ...rows[0].estimate }));
  const colours = modelColours(scores);
  const format = (value) => formatted(metric, value);
  const option = () => ({
    grid: besideNames(narrow() ? 110 : 200, { right: 24, bottom: 48 }),
    tooltip: tooltip({ trigger: "item", formatter: ({ value }) => format(value[0]) }),
    xAxis: axis(metric.label, { type: "value", scale: true, splitNumber: narrow() ? 3 : 5,
      axisLabel: { formatter: format } }),
    yAxis: namesAxis(scores.map((score) => score.model), narrow() ? 110 : 200),
    series: scores.flatMap((score, i) => finite(score.value) === null ? [] : [
      {
        type: "scatter",
        symbolSize: 12,
        color: colour(colours[i]),
        data: [[score.value, i]],
      },
      errorBars(finite(score.standard_error) === null ? []
        : [[i, score.value - score.standard_error, score.value + score.standard_error]],
      colours[i], true),
    ]),
  });
  return figure(`${task.name}: ${metric.label}`,
    `${metric.higher_is_better ? "Higher" : "Lower"} is better; the axis need not begin at zero.`,
    chart(70 + 42 * scores.length, `${task.name}: ${metric.label} by model`, option),
    numbers(["model", `#${metric.label}`, "#standard error", "#n"], scores.map((score) =>
      [score.model, format(score.value), format(score.standard_error), whole(score.n)])));
}

function shortContext() {
  const title = "The short context";
  const tasks = tasksOf("SHORT");
  if (tasks.length === 0) {
    return section(title, "", empty("There is no short-context evaluation yet."));
  }
  return section(title,
    "What the model could do before must not suffer. Bars show one standard error over the texts, " +
    "where there are several to tell it.",
    element("div", { class: "grid" }, tasks.map(byModel)));
}

// --- training -----------------------------------------------------------------------------------

const CURVES = [
  ["Rewards", "What the objective rewards in each answer: for LongPO, beta times how much likelier the " +
    "policy finds it than the short-context reference.",
    "nats", [["chosen", "chosen", "rewards/chosen"], ["rejected", "rejected", "rewards/rejected"],
      ["margin", "after", "rewards/margins"]]],
  ["Loss", "All terms of the objective with their weights, and the negative log-likelihood (NLL) alone.",
    "nats", [["loss", "after", "loss"], ["NLL", "before", "nll"]]],
  ["Short-to-long KL", "How far the long-context policy is from its short-context self on the chosen answers.",
    "nats per token", [["KL", "fourth", "kl/short_to_long"]]],
  ["Learning rate", "Set by the schedule; of the last step of each line of the log.",
    "", [["learning rate", "before", "learning_rate"]]],
];

function training() {
  const title = "Training";
  const steps = data.training;
  if (steps.length === 0) {
    return section(title, "", empty("There is no training yet."));
  }
  const width = smoothingWidth(steps.length);
  // What an objective does not have is not drawn.
  const present = ([, , key]) => steps.some((step) => finite(step.metrics[key]) !== null);
  const figures = CURVES.map(([name, caption, unit, all]) => [name, caption, unit, all.filter(present)])
    .filter(([, , , curves]) => curves.length > 0)
    .map(([name, caption, unit, curves]) =>
      figure(name, caption,
        curves.length > 1 && legend(curves),
        // The learning rate is set, not measured: there is no noise to average.
        stepChart(steps, curves, unit, name === "Learning rate" ? 1 : width, name),
        numbers(["#steps", "#round", ...curves.map(([curve]) => `#${curve}`)], steps.map((step) =>
          [stepRange(step), whole(step.round), ...curves.map(([, , key]) => decimal(step.metrics[key]))]))));
  const longest = Math.max(...steps.map((step) => step.step - step.first_step + 1));
  const point = longest === 1 ? "a step" : `up to ${whole(longest)} steps, their mean`;
  return section(title,
    width === 1 ? `One point for ${point}.`
      : `Faint lines have one point for ${point}; strong ones show the mean of the ${width} points around.`,
    element("div", { class: "grid" }, figures));
}

/** "3", "3–4". */
function stepRange(line) {
  return line.first_step === line.step ? whole(line.step)
    : `${whole(line.first_step)}–${whole(line.step)}`;
}

// --- pairs --------------------------------------------------------------------------------------

function generation() {
  const title = "Pairs the model made for itself";
  const rounds = data.pairs.generation;
  if (rounds.length === 0) {
    return section(title, "", empty("There are no pairs yet."));
  }
  const reasons = distinct(rounds.flatMap((round) => round.dropped.map((drop) => drop.reason)));
  const count = (reason) => sum(rounds.flatMap((round) =>
    round.dropped.filter((drop) => drop.reason === reason).map((drop) => drop.count)));
  const bars = [["kept", sum(rounds.map((round) => round.kept)), "chosen"],
    ...reasons.map((reason) => [reason, count(reason), "before"])
      .toSorted((a, b) => b[1] - a[1])];
  const option = () => ({
    grid: besideNames(narrow() ? 130 : 280, { right: 56, bottom: 6 }),
    tooltip: tooltip({ trigger: "item" }),
    xAxis: axis("", { type: "value", axisLabel: { show: false }, splitLine: { show: false },
      axisLine: { show: false } }),
    yAxis: namesAxis(bars.map(([name]) => name), narrow() ? 130 : 280),
    series: [{
      type: "bar",
      barMaxWidth: 20,
      data: bars.map(([, value, colourName]) => ({
        value,
        itemStyle: { color: colour(colourName), borderRadius: [0, 4, 4, 0] },
      })),
      label: { show: true, position: "right", color: colour("ink"),
        formatter: ({ value }) => whole(value) },
    }],
  });
  return section(title, "",
    figure("Candidates kept and dropped",
      "A candidate is an instruction with two answers: one given its own passage alone, one given the whole document.",
      chart(24 + 34 * bars.length, "Candidates kept and dropped, by reason", option),
      numbers(["#round", "outcome", "#candidates"], rounds.flatMap((round) => [
        [whole(round.round), "kept", whole(round.kept)],
        ...round.dropped.map((drop) => [whole(round.round), drop.reason, whole(drop.count)]),
      ]))),
    rounds.flatMap((round) => round.dropped.filter((drop) => drop.example)
      .map((drop) => droppedPair(round.round, drop))));
}

/** One candidate of those that a reason took, as far as it was made. */
function droppedPair(round, { reason, count: taken, example }) {
  const text = (name, words) => words != null && element("div", {},
    element("h3", {}, name), written(words, []));
  return element("details", { class: "dropped" },
    element("summary", {}, `Dropped, round ${whole(round)}: ${reason} (${whole(taken)}); the first`),
    element("p", { class: "origin" }, example.document),
    text("Instruction", example.instruction),
    text("Chosen", example.chosen),
    text("Rejected", example.rejected));
}

function answer(kind, title, saw, text, evidence) {
  return element("div", { class: `answer ${kind}` },
    element("h3", {}, title),
    element("p", { class: "saw" }, saw),
    written(text, evidence));
}

function pair(example) {
  return element("article", { class: "pair" },
    element("header", {},
      element("p", { class: "origin" }, `${example.source.document} · round ${example.round}`),
      element("p", { class: "instruction written", dir: "auto" },
        ...marked(example.instruction, []))),
    element("div", { class: "answers" },
      answer("chosen", "Chosen", "saw the passage alone", example.chosen, example.evidence),
      answer("rejected", "Rejected", `saw all ${whole(example.source.document_tokens)} tokens`,
        example.rejected, example.evidence)),
    example.source.chunk_excerpt && element("details", {},
      element("summary", {}, "The passage"),
      written(example.source.chunk_excerpt, example.evidence)));
}

function pairs() {
  const title = "Pairs side by side";
  if (data.pairs.examples.length === 0) {
    return section(title, "", empty("There are no pairs to show yet."));
  }
  return section(title,
    "The same model, the same question, two inputs. Training moves it from the rejected answer towards the chosen one." +
    (data.pairs.examples.some((example) => example.evidence.length > 0)
      ? " What the answer had to contain is marked." : ""),
    data.pairs.examples.map(pair));
}

// --- the run ------------------------------------------------------------------------------------

function run() {
  if (data.rounds.length === 0 && data.facts.length === 0) {
    return null;
  }
  const rounds = data.rounds.length > 0 && element("figure", {},
    element("h3", {}, "Rounds"),
    element("figcaption", {}, "Documents and pairs are those that were trained on."),
    table(["#round", "#target tokens", "#documents", "#pairs", "#held out", "#too long", "#steps",
      "checkpoint"],
    data.rounds.map((round) => [whole(round.round), whole(round.target_tokens),
      whole(round.training.documents), whole(round.training.pairs), whole(round.training.documents_held_out),
      whole(round.training.documents_too_long), whole(round.training.steps), round.checkpoint])));
  const facts = data.facts.length > 0 && element("figure", { class: "facts" },
    element("h3", {}, "Settings and versions"),
    table(["", ""], data.facts.map((fact) => [fact.name, fact.value])));
  return section("The run", "", rounds || null, facts || null);
}

function foot() {
  return element("footer", {},
    element("p", {},
      "LongPO lets a model teach itself long contexts: its answer to a passage alone is preferred to " +
      "its own answer to the same question about the whole document, and it is held to what it was " +
      "on short contexts. Method: ",
      element("a", { href: "https://arxiv.org/abs/2502.13922" }, "arXiv 2502.13922"),
      "."));
}

document.getElementById("page").replaceChildren(
  ...[head(), longContext(), depth(), shortContext(), training(), generation(), pairs(), run(), foot()]
    .filter(Boolean));
keepChartsDrawn();
