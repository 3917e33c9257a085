// The page's own script: replay, theme switch, copying tables. It needs nothing from outside and stores nothing.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const dataElement = byId("replay-data");
  if (!dataElement) return;
  const data = JSON.parse(dataElement.textContent);
  const words = data.words;

  // Theme: as the system has it until the reader says otherwise.
  const theme = byId("theme");
  const systemDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (document.documentElement.dataset.theme || (systemDark.matches ? "dark" : "light")) === "dark";
  const nameTheme = () => { theme.textContent = isDark() ? words.to_light : words.to_dark; };
  theme.hidden = false;
  theme.addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    nameTheme();
  });
  systemDark.addEventListener("change", nameTheme);
  nameTheme();

  // Tables: the text of the cells, tabs between them, as spreadsheets take it.
  const copyText = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  };
  for (const button of document.querySelectorAll("button.copy")) {
    const label = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      let frame = button.nextElementSibling;
      while (frame && !frame.querySelector("table")) frame = frame.nextElementSibling;
      const rows = [...frame.querySelectorAll("tr")].map((row) => [...row.cells].map((cell) => cell.textContent).join("\t"));
      button.textContent = (await copyText(rows.join("\n") + "\n")) ? words.copied : words.not_copied;
      setTimeout(() => { button.textContent = label; }, 1800);
    });
  }

  // Replay.
  const last = data.steps.length - 1;
  const slider = byId("moment"), now = byId("now"), play = byId("play");
  const HEIGHT = 300, LEFT = 52, RIGHT = 12, TOP = 10, BOTTOM = 44;
  const SVG = "http://www.w3.org/2000/svg";
  const add = (parent, name, attributes, text) => {
    const element = document.createElementNS(SVG, name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    if (text !== undefined) element.textContent = text;
    parent.append(element);
    return element;
  };
  const finite = (value) => typeof value === "number" && isFinite(value);
  const short = (value) => !finite(value) ? "–" : Math.abs(value) >= 0.001 && Math.abs(value) < 1e5 ? String(Number(value.toPrecision(3))) : value.toExponential(1);
  const superscript = (power) => String(power).replace(/./g, (digit) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(digit)]);
  // Each network has a mark of its own besides its colour: a circle, a square, a triangle.
  const mark = (parent, kind, x, y, size, more) => {
    const outline = kind === "dense" ? `M${x - size} ${y}a${size} ${size} 0 1 0 ${2 * size} 0a${size} ${size} 0 1 0 ${-2 * size} 0z`
      : kind === "residual" ? `M${x - size} ${y - size}h${2 * size}v${2 * size}h${-2 * size}z`
      : `M${x} ${y - 1.2 * size}l${1.2 * size} ${2.1 * size}h${-2.4 * size}z`;
    return add(parent, "path", { d: outline, class: `${kind} ${more}` });
  };
  const frame = (holder, label) => {
    const width = Math.max(280, holder.clientWidth);
    holder.textContent = "";
    const svg = add(holder, "svg", { viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-label": label });
    return { svg, width, inner: width - LEFT - RIGHT, bottom: HEIGHT - BOTTOM };
  };

  let painters = [];
  const drawNorms = () => {
    const { svg, width, inner, bottom } = frame(byId("norms"), words.norms);
    const [low, high] = data.decades;
    const rows = Math.max(...data.networks.map((network) => network.rows.length));
    const x = (row) => LEFT + (row + 0.5) * inner / rows;
    const y = (value) => bottom - (Math.log10(value) - low) * (bottom - TOP) / (high - low);
    const every = Math.ceil((high - low) / 8);
    for (let power = low; power <= high; power += every) {
      const level = bottom - (power - low) * (bottom - TOP) / (high - low);
      add(svg, "line", { x1: LEFT, x2: width - RIGHT, y1: level, y2: level, class: power === low ? "axis" : "grid" });
      add(svg, "text", { x: LEFT - 6, y: level + 4, "text-anchor": "end" }, `10${superscript(power)}`);
    }
    const longest = data.networks.reduce((a, b) => (a.rows.length >= b.rows.length ? a : b)).rows;
    const gap = Math.ceil(rows * 30 / inner);
    longest.forEach((name, row) => {
      if (row % gap === 0) add(svg, "text", { x: x(row), y: bottom + 16, "text-anchor": "middle" }, name);
    });
    const layer = add(svg, "g", {});
    const spread = Math.min(7, inner / rows / 4);
    return (moment) => {
      layer.textContent = "";
      data.networks.forEach((network, index) => {
        const shift = (index - (data.networks.length - 1) / 2) * spread;
        const points = [];
        (network.norms[moment] || []).forEach((value, row) => {
          if (finite(value) && value > 0) points.push([x(row) + shift, y(value), row, value]);
        });
        add(layer, "polyline", { points: points.map(([px, py]) => `${px},${py}`).join(" "), class: `curve ${network.kind}` });
        for (const [px, py, row, value] of points) {
          const dot = mark(layer, network.kind, px, py, 3.4, "dot");
          add(dot, "title", {}, `${network.name}, ${network.rows[row]}: ${short(value)}`);
        }
      });
    };
  };

  const drawLosses = () => {
    const { svg, width, inner, bottom } = frame(byId("losses"), words.loss);
    // Powers of ten hold a run that first blew up and one that learned all, on one scale.
    const values = data.networks.flatMap((network) => [...network.loss, ...network.validation.map((entry) => entry[1])]).filter((value) => finite(value) && value > 0);
    const marks = [];
    for (let power = -9; power <= 12; power++) for (const digit of [1, 2, 5]) marks.push(digit * 10 ** power);
    const from = marks.filter((value) => value <= Math.min(...values)).pop() || marks[0];
    const to = marks.find((value) => value >= Math.max(...values) && value > from) || from * 10;
    const end = data.steps[last], start = Math.min(data.steps[0], end - 1);
    const x = (step) => LEFT + (step - start) * inner / (end - start);
    const y = (value) => bottom - Math.log(Math.max(value, from) / from) * (bottom - TOP) / Math.log(to / from);
    const shown = marks.filter((value) => value >= from && value <= to);
    const gap = Math.ceil(shown.length / 9);
    shown.forEach((value, index) => {
      add(svg, "line", { x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value), class: index === 0 ? "axis" : "grid" });
      if (index % gap === 0) add(svg, "text", { x: LEFT - 6, y: y(value) + 4, "text-anchor": "end" }, short(value));
    });
    for (const [step, anchor] of [[data.steps[0], "start"], [end, "end"]]) {
      add(svg, "text", { x: x(step), y: bottom + 16, "text-anchor": anchor }, step.toLocaleString("en"));
    }
    add(svg, "text", { x: LEFT + inner / 2, y: bottom + 34, "text-anchor": "middle" }, words.step);
    for (const network of data.networks) {
      const points = data.steps.flatMap((step, index) => (network.loss[index] > 0 ? [`${x(step)},${y(network.loss[index])}`] : []));
      add(svg, "polyline", { points: points.join(" "), class: `curve ${network.kind}`, "stroke-opacity": 0.55 });
      for (const [step, loss] of network.validation) {
        if (finite(loss) && loss > 0 && step >= start) mark(svg, network.kind, x(step), y(loss), 2.6, "hollow");
      }
    }
    const layer = add(svg, "g", {});
    return (moment) => {
      layer.textContent = "";
      const at = x(data.steps[moment]);
      add(layer, "line", { x1: at, x2: at, y1: TOP, y2: bottom, class: "moment" });
      for (const network of data.networks) {
        const loss = network.loss[moment];
        if (loss > 0) mark(layer, network.kind, at, y(loss), 4.4, "dot");
      }
    };
  };
  const legend = byId("legend");
  const entries = data.networks.map((network) => {
    const entry = document.createElement("span");
    const sample = add(entry, "svg", { viewBox: "0 0 26 16", "aria-hidden": "true" });
    add(sample, "line", { x1: 0, x2: 26, y1: 8, y2: 8, class: `curve ${network.kind}` });
    mark(sample, network.kind, 13, 8, 4, "dot");
    const words = document.createElement("span");
    entry.append(words);
    legend.append(entry);
    return words;
  });

  let moment = -1;
  const show = (wanted) => {
    moment = Math.max(0, Math.min(last, wanted));
    const step = data.steps[moment];
    slider.value = moment;
    const spoken = words.at_step.replace("{step}", step.toLocaleString("en"));
    slider.setAttribute("aria-valuetext", spoken);
    now.textContent = spoken;
    for (const paint of painters) paint(moment);
    data.networks.forEach((network, index) => {
      const judged = network.validation.filter((entry) => entry[0] <= step).pop();
      const accuracy = judged ? ` · ${words.validation} ${(100 * judged[2]).toFixed(1)} %` : "";
      entries[index].textContent = `${network.name}: ${words.loss} ${short(network.loss[moment])}${accuracy}`;
    });
  };

  // A replay takes about twelve seconds, however long the run was.
  let timer = 0;
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    play.textContent = words.play;
  };
  play.addEventListener("click", () => {
    if (timer) return stop();
    if (moment === last) show(0);
    play.textContent = words.pause;
    timer = setInterval(() => {
      show(moment + 1);
      if (moment === last) stop();
    }, Math.max(60, 12000 / (last + 1)));
  });
  slider.max = last;
  slider.addEventListener("input", () => {
    stop();
    show(Number(slider.value));
  });
  const draw = () => {
    painters = [drawNorms(), drawLosses()];
    show(moment < 0 ? last : moment);
  };
  byId("player").hidden = false;
  draw();
  let drawnWidth = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth !== drawnWidth) {
      drawnWidth = innerWidth;
      draw();
    }
  });
})();
