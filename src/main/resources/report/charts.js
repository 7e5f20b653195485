// Charts. Each is drawn from a function of the colours, so that it can be drawn anew when the
// reader's colour scheme changes.

const drawn = [];

/** The value of a colour of the style sheet under the present colour scheme. */
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

const narrow = () => window.innerWidth < 640;

/** A place for a chart; it is drawn once the page stands. */
function chart(height, label, option) {
  const place = element("div", { class: "chart", role: "img", "aria-label": label });
  place.style.height = `${height}px`;
  drawn.push({ place, option, chart: null });
  return place;
}

/** Draws all charts, or all of them anew. */
function drawCharts() {
  for (const entry of drawn) {
    entry.chart ??= echarts.init(entry.place, null, { renderer: "svg" });
    entry.chart.resize();
    entry.chart.setOption({ ...common(), ...entry.option() }, { notMerge: true });
  }
}

function keepChartsDrawn() {
  drawCharts();
  let waiting = 0;
  window.addEventListener("resize", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(drawCharts);
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawCharts);
}

function common() {
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colour("ink") },
    tooltip: tooltip(),
    grid: { left: 8, right: 18, top: 26, bottom: 28, containLabel: true },
  };
}

function tooltip(more) {
  return {
    trigger: "axis",
    confine: true,
    backgroundColor: colour("card"),
    borderColor: colour("line"),
    textStyle: { color: colour("ink"), fontSize: 13 },
    ...more,
  };
}

/** An axis in the page's colours. */
function axis(name, more) {
  return {
    name,
    nameLocation: "middle",
    nameGap: 28,
    nameTextStyle: { color: colour("quiet"), fontSize: 12 },
    axisLabel: { color: colour("quiet"), fontSize: 12, hideOverlap: true, ...more?.axisLabel },
    axisLine: { lineStyle: { color: colour("line") } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: colour("grid") } },
    ...Object.fromEntries(Object.entries(more ?? {}).filter(([key]) => key !== "axisLabel")),
  };
}

/** An axis of names beside the chart, `width` pixels wide; longer names are broken. */
function namesAxis(names, width) {
  return axis("", {
    type: "category",
    inverse: true,
    data: names,
    axisLabel: { width, lineHeight: 14, overflow: "break", color: colour("ink"), hideOverlap: false },
  });
}

/** Where a chart with such an axis stands: measured by the browser, long names lost their beginning. */
function besideNames(width, more) {
  return { left: width + 16, top: 6, ...more };
}

/** A value axis whose name stands above it, where there is room on a phone too. */
function valueAxis(name, more) {
  return axis(name, {
    type: "value",
    nameLocation: "end",
    nameGap: 10,
    nameTextStyle: { color: colour("quiet"), fontSize: 12, align: "left", padding: [0, 0, 0, -24] },
    ...more,
  });
}

/** The colours of models in their order: the first is the one before, the last the one after. */
function modelColours(models) {
  const between = ["between", "fourth"];
  return models.map((model, i) => {
    if (i === models.length - 1) {
      return "after";
    }
    return i === 0 ? "before" : between[(i - 1) % between.length];
  });
}

function legend(entries) {
  return element("ul", { class: "legend" }, entries.map(([name, colourName]) => {
    const key = element("span", { class: "key" });
    key.style.background = `var(--${colourName})`;
    return element("li", {}, key, name);
  }));
}

/** Error bars, one standard error to either side: rows of [x, low, high]. */
function errorBars(rows, colourName, horizontal) {
  return {
    type: "custom",
    silent: true,
    tooltip: { show: false },
    z: 3,
    // Which columns the axes must make room for.
    encode: horizontal ? { x: [1, 2], y: 0 } : { x: 0, y: [1, 2] },
    data: rows,
    renderItem(params, api) {
      const at = (value) =>
        api.coord(horizontal ? [value, api.value(0)] : [api.value(0), value]);
      const [x1, y1] = at(api.value(1));
      const [x2, y2] = at(api.value(2));
      const cap = 4;
      const line = (ax, ay, bx, by) => ({
        type: "line",
        shape: { x1: ax, y1: ay, x2: bx, y2: by },
        style: { stroke: colour(colourName), lineWidth: 1.5 },
      });
      const [cx, cy] = horizontal ? [0, cap] : [cap, 0];
      return {
        type: "group",
        children: [
          line(x1, y1, x2, y2),
          line(x1 - cx, y1 - cy, x1 + cx, y1 + cy),
          line(x2 - cx, y2 - cy, x2 + cx, y2 + cy),
        ],
      };
    },
  };
}

/** A band behind the plot, over the categories from the first to number `last`. */
function band(last, text) {
  return {
    type: "custom",
    silent: true,
    tooltip: { show: false },
    z: 0,
    data: [[0, 0]],
    renderItem(params, api) {
      const category = api.size([1, 0])[0];
      const { x, y, height } = params.coordSys;
      return {
        type: "group",
        children: [
          {
            type: "rect",
            shape: { x, y, width: category * (last + 1), height },
            style: { fill: colour("grid"), opacity: 0.6 },
          },
          {
            type: "text",
            style: { text, x: x + 6, y: y + height - 18, fill: colour("quiet"), fontSize: 11 },
          },
        ],
      };
    },
  };
}

/** The mean of the values around each one in its own round; gaps are passed over. */
function smoothed(values, rounds, width) {
  const half = (width - 1) / 2;
  return values.map((value, i) => {
    const near = [];
    for (let j = Math.max(0, i - half); j <= Math.min(values.length - 1, i + half); j++) {
      if (values[j] !== null && rounds[j] === rounds[i]) {
        near.push(values[j]);
      }
    }
    return near.length === 0 ? null : near.reduce((sum, near) => sum + near, 0) / near.length;
  });
}

/** How many points are averaged for the eye where there are too many to see each; odd. */
function smoothingWidth(points) {
  return points <= 60 ? 1 : 2 * Math.ceil(points / 80) + 1;
}

/**
 * Points of a line by step; between rounds there is a gap, as what is read changes there.
 *
 * @param values one per step, null for a gap
 */
function stepPoints(steps, values) {
  return steps.flatMap((step, i) => [
    ...(i > 0 && step.round !== steps[i - 1].round ? [[step.first_step, null]] : []),
    [step.step, values[i]],
  ]);
}

/**
 * Figures by training step.
 *
 * @param curves arrays of [name, colour name, key of the step]
 * @param width over how many points to average; 1 for not at all
 */
function stepChart(steps, curves, unit, width, label) {
  const begins = steps.filter((step, i) => i > 0 && step.round !== steps[i - 1].round);
  // A round with one point has no line to see.
  const isAlone = steps.some((step, i) =>
    step.round !== steps[i - 1]?.round && step.round !== steps[i + 1]?.round);
  return chart(narrow() ? 220 : 250, label, () => ({
    xAxis: axis("step", {
      type: "value",
      min: steps[0].first_step,
      max: Math.max(steps.at(-1).step, steps[0].first_step + 1),
      minInterval: 1,
      splitLine: { show: false },
      // The last step and the round number before it would stand on top of each other.
      axisLabel: { showMaxLabel: false },
    }),
    yAxis: valueAxis(unit, {
      scale: true,
      axisLabel: { formatter: (value) => decimal(value).replace(/\.?0*e/, "e") },
    }),
    tooltip: tooltip({ valueFormatter: decimal }),
    series: curves.flatMap(([name, colourName, key], curve) => {
      const values = steps.map((step) => finite(step.metrics[key]));
      const line = (data, more) => ({
        type: "line",
        name,
        showSymbol: isAlone,
        data: stepPoints(steps, data),
        color: colour(colourName),
        lineStyle: { width: 2 },
        markLine: curve > 0 || begins.length === 0 ? undefined : {
          silent: true,
          symbol: "none",
          lineStyle: { color: colour("quiet"), type: "dotted" },
          label: { color: colour("quiet"), fontSize: 11 },
          data: begins.map((step) => ({
            xAxis: step.first_step,
            label: { formatter: `round ${step.round}` },
          })),
        },
        ...more,
      });
      if (width === 1) {
        return [line(values, {})];
      }
      const faint = { lineStyle: { width: 1, opacity: 0.25 }, tooltip: { show: false }, markLine: undefined };
      return [line(values, faint), line(smoothed(values, steps.map((step) => step.round), width), {})];
    }),
  }));
}
