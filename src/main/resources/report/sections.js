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

/** Accuracy before and after at the greatest length that both were asked at. */
function accuracyTile() {
  if (data.accuracy_by_length.length < 2) {
    return null;
  }
  const [before, after] = [data.accuracy_by_length[0], data.accuracy_by_length.at(-1)];
  const lengths = before.points.map((point) => point.context_tokens)
    .filter((tokens) => after.points.some((point) => point.context_tokens === tokens));
  if (lengths.length === 0) {
    return null;
  }
  const longest = Math.max(...lengths);
  const [old, now] = [before, after].map((series) =>
    series.points.find((point) => point.context_tokens === longest));
  return tile(`Accuracy at ${whole(longest)} tokens`, percent(old.accuracy), percent(now.accuracy),
    `${uncertainty(now.standard_error, percent)}, ${whole(now.questions)} questions`);
}

function shortTile() {
  const metric = data.short_scores[0]?.metric;
  const scores = data.short_scores.filter((score) => score.metric === metric);
  if (scores.length < 2) {
    return null;
  }
  const error = scores.at(-1).standard_error;
  return tile(`Short context, ${metric}`,
    rounded(scores[0].value, error), rounded(scores.at(-1).value, error),
    `${uncertainty(error, (error) => rounded(error, error))}, ` +
    `${scores[0].higher_is_better ? "higher" : "lower"} is better`);
}

function pairsTile() {
  if (data.generation.length === 0) {
    return null;
  }
  const kept = sum(data.generation.map((round) => round.kept));
  const dropped = sum(data.generation.flatMap((round) => round.dropped.map((drop) => drop.count)));
  return tile("Pairs the model made for itself", null, whole(kept),
    `of ${whole(kept + dropped)} tried; the rest was filtered out`);
}

/** "at step 3", "mean of steps 3 to 4". */
function stepsOf(line) {
  return line.first_step === line.step ? `at step ${whole(line.step)}`
    : `mean of steps ${whole(line.first_step)} to ${whole(line.step)}`;
}

function marginTile() {
  const rewarded = data.training.filter((step) => finite(step.rewards_margins) !== null);
  if (rewarded.length === 0) {
    return null;
  }
  const last = rewarded.at(-1);
  return tile("Reward margin, chosen over rejected",
    rewarded.length > 1 && signed(rewarded[0].rewards_margins),
    signed(last.rewards_margins), `nats, ${stepsOf(last)}`);
}

function head() {
  const tiles = [accuracyTile(), shortTile(), pairsTile(), marginTile()].filter(Boolean);
  return element("header", {},
    element("h1", {}, data.title),
    data.summary && element("p", { class: "lead" }, data.summary),
    tiles.length > 0 && element("div", { class: "tiles" }, tiles));
}

// --- accuracy -----------------------------------------------------------------------------------

function accuracy() {
  const title = "Accuracy by context length";
  const all = data.accuracy_by_length;
  if (all.every((series) => series.points.length === 0)) {
    return section(title, "", empty("There is no evaluation by context length yet."));
  }
  const lengths = distinct(all.flatMap((series) => series.points.map((p) => p.context_tokens)))
    .sort(ascending);
  const colours = modelColours(all);
  const inWindow = data.context_tokens === null
    ? -1 : lengths.findLastIndex((tokens) => tokens <= data.context_tokens);
  const option = () => ({
    tooltip: tooltip({ valueFormatter: percent }),
    xAxis: axis("tokens of context", {
      type: "category",
      data: lengths.map(whole),
      splitLine: { show: false },
    }),
    yAxis: valueAxis("right answers", {
      min: 0,
      max: 1,
      axisLabel: { formatter: (value) => `${Math.round(value * 100)}%` },
    }),
    series: (inWindow < 0 ? [] : [band(inWindow, "context of the first model")]).concat(all.flatMap((series, i) => {
      const place = (point) => lengths.indexOf(point.context_tokens);
      const points = series.points.filter((point) => finite(point.accuracy) !== null)
        .toSorted((a, b) => a.context_tokens - b.context_tokens);
      return [
        {
          type: "line",
          name: series.model,
          color: colour(colours[i]),
          symbol: "circle",
          symbolSize: 8,
          lineStyle: { width: i === all.length - 1 ? 3 : 2 },
          data: points.map((point) => [place(point), point.accuracy]),
        },
        errorBars(points.filter((point) => finite(point.standard_error) !== null).map((point) => [
          place(point),
          Math.max(0, point.accuracy - point.standard_error),
          Math.min(1, point.accuracy + point.standard_error),
        ]), colours[i], false),
      ];
    })),
  });
  const rows = all.flatMap((series) => series.points.map((point) => [
    series.model, whole(point.context_tokens), percent(point.accuracy),
    percent(point.standard_error), whole(point.questions),
  ]));
  return section(title, "",
    figure("Questions about a fact somewhere in a long text",
      "Share of right answers as the text around the fact grows. Bars show one standard error" +
      " over the texts, where there are several to tell it." +
      (inWindow < 0 ? "" : ` The shaded lengths lie within the context that the first model's ` +
        `config.json names (${whole(data.context_tokens)} tokens).`),
      legend(all.map((series, i) => [series.model, colours[i]])),
      chart(narrow() ? 280 : 360, title, option),
      numbers(["model", "#tokens", "#accuracy", "#standard error", "#questions"], rows)));
}

function heatMap(map) {
  const lengths = distinct(map.cells.map((cell) => cell.context_tokens)).sort(ascending);
  const depths = distinct(map.cells.map((cell) => cell.depth)).sort(ascending);
  const share = (depth) => `${Math.round(depth * 100)}%`;
  const option = () => {
    const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
    const onStrong = dark ? "#0b1117" : "#ffffff";
    return {
      tooltip: tooltip({
        trigger: "item",
        formatter: ({ value }) =>
          `${whole(lengths[value[0]])} tokens, depth ${share(depths[value[1]])}: ${percent(value[2])}`,
      }),
      grid: { left: 8, right: 10, top: 26, bottom: 28, containLabel: true },
      xAxis: axis("tokens of context", { type: "category", data: lengths.map(whole) }),
      yAxis: valueAxis("depth", { type: "category", inverse: true, data: depths.map(share),
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
        data: map.cells.filter((cell) => finite(cell.accuracy) !== null).map((cell) => ({
          value: [lengths.indexOf(cell.context_tokens), depths.indexOf(cell.depth), cell.accuracy],
          label: {
            show: true,
            fontSize: 12,
            color: cell.accuracy > 0.55 ? onStrong : colour("ink"),
            formatter: String(Math.round(cell.accuracy * 100)),
          },
        })),
      }],
    };
  };
  return figure(map.model, "Right answers in per cent.",
    chart(80 + 38 * depths.length, `Accuracy of ${map.model} by length and depth`, option),
    numbers(["#tokens", "#depth", "#accuracy", "#questions"], map.cells.map((cell) => [
      whole(cell.context_tokens), share(cell.depth), percent(cell.accuracy), whole(cell.questions),
    ])));
}

function depth() {
  const title = "Where in the context";
  const maps = data.heat_maps.filter((map) => map.cells.length > 0);
  if (maps.length === 0) {
    return section(title, "", empty("There is no evaluation by depth yet."));
  }
  return section(title,
    "Depth is the place of the fact: 0% is the beginning of the context, 100% its end, next to the question.",
    element("div", { class: "grid" }, maps.map(heatMap)));
}

// --- the short context --------------------------------------------------------------------------

function shortMetric(metric) {
  const scores = data.short_scores.filter((score) => score.metric === metric);
  const colours = modelColours(scores);
  const option = () => ({
    grid: besideNames(narrow() ? 110 : 200, { right: 24, bottom: 48 }),
    tooltip: tooltip({ trigger: "item", formatter: ({ value }) => decimal(value[0]) }),
    xAxis: axis(metric, { type: "value", scale: true, splitNumber: narrow() ? 3 : 5,
      axisLabel: { formatter: decimal } }),
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
  return figure(metric,
    `${scores[0].higher_is_better ? "Higher" : "Lower"} is better; the axis need not begin at zero.`,
    chart(70 + 42 * scores.length, `Short-context score: ${metric}`, option),
    numbers(["model", `#${metric}`, "#standard error"], scores.map((score) =>
      [score.model, decimal(score.value), decimal(score.standard_error)])));
}

function shortContext() {
  const title = "The short context";
  if (data.short_scores.length === 0) {
    return section(title, "", empty("There is no short-context evaluation yet."));
  }
  return section(title,
    "What the model could do before must not suffer. Bars show one standard error over the texts, " +
    "where there are several to tell it.",
    element("div", { class: "grid" },
      distinct(data.short_scores.map((score) => score.metric)).map(shortMetric)));
}

// --- training -----------------------------------------------------------------------------------

const CURVES = [
  ["Rewards", "What the objective rewards in each answer: for LongPO, beta times how much likelier the " +
    "policy finds it than the short-context reference.",
    "nats", [["chosen", "chosen", "rewards_chosen"], ["rejected", "rejected", "rewards_rejected"],
      ["margin", "after", "rewards_margins"]]],
  ["Loss", "All terms of the objective with their weights, and the negative log-likelihood (NLL) alone.",
    "nats", [["loss", "after", "loss"], ["NLL", "before", "nll"]]],
  ["Short-to-long KL", "How far the long-context policy is from its short-context self on the chosen answers.",
    "nats per token", [["KL", "fourth", "kl_short_to_long"]]],
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
  const present = ([, , key]) => steps.some((step) => finite(step[key]) !== null);
  const figures = CURVES.map(([name, caption, unit, all]) => [name, caption, unit, all.filter(present)])
    .filter(([, , , curves]) => curves.length > 0)
    .map(([name, caption, unit, curves]) =>
      figure(name, caption,
        curves.length > 1 && legend(curves),
        // The learning rate is set, not measured: there is no noise to average.
        stepChart(steps, curves, unit, name === "Learning rate" ? 1 : width, name),
        numbers(["#steps", "#round", ...curves.map(([curve]) => `#${curve}`)], steps.map((step) =>
          [stepRange(step), whole(step.round), ...curves.map(([, , key]) => decimal(step[key]))]))));
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
  const rounds = data.generation;
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
    figure("What became of the candidates",
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
      element("p", { class: "origin" }, `${example.document} · round ${example.round}`),
      element("p", { class: "instruction written", dir: "auto" },
        ...marked(example.instruction, []))),
    element("div", { class: "answers" },
      answer("chosen", "Chosen", "saw the passage alone", example.chosen, example.evidence),
      answer("rejected", "Rejected", `saw all ${whole(example.long_input_tokens)} tokens`,
        example.rejected, example.evidence)),
    example.chunk_excerpt && element("details", {},
      element("summary", {}, "The passage"),
      written(example.chunk_excerpt, example.evidence)));
}

function pairs() {
  const title = "Pairs side by side";
  if (data.pairs.length === 0) {
    return section(title, "", empty("There are no pairs to show yet."));
  }
  return section(title,
    "The same model, the same question, two inputs. Training moves it from the rejected answer towards the chosen one." +
    (data.pairs.some((example) => example.evidence.length > 0)
      ? " What the answer had to contain is marked." : ""),
    data.pairs.map(pair));
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
      whole(round.documents), whole(round.pairs), whole(round.documents_held_out),
      whole(round.documents_too_long), whole(round.steps), round.checkpoint])));
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
  ...[head(), accuracy(), depth(), shortContext(), training(), generation(), pairs(), run(), foot()]
    .filter(Boolean));
keepChartsDrawn();
