// The page's own script: replay, theme switch, copying tables. It needs nothing from outside and stores nothing.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const { words, replay } = JSON.parse(byId("data").textContent);

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

  // Replay: the program has laid out every moment; here lines are put together and shown.
  if (!replay) return;
  const last = replay.moments.length - 1;
  const slider = byId("moment"), now = byId("now"), play = byId("play"), networks = byId("networks-now");
  const lineOf = ([template, values]) => {
    const parts = replay.templates[template];
    return values.reduce((line, value, index) => line + value + parts[index + 1], parts[0]);
  };
  const svgOf = (figure, moment) => [figure.before, ...figure.frames[moment].map(lineOf), figure.after].join("\n");

  let moment = -1;
  const show = (wanted) => {
    moment = Math.max(0, Math.min(last, wanted));
    const { step, networks: did } = replay.moments[moment];
    slider.value = moment;
    slider.setAttribute("aria-valuetext", step);
    now.textContent = step;
    networks.textContent = did;
    for (const figure of replay.figures) byId(figure.place).innerHTML = svgOf(figure, moment);
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
  byId("player").hidden = false;
  show(last);
})();
