(() => {
  "use strict";
  const say = (part, key, values) =>
    part.dataset[key].replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  const figure = (words) => {
    const found = words.replace(/\u2212/g, "-").replace(/(\d)[,\u00a0\u2009 ](?=\d{3}(?!\d))/g, "$1").match(/-?\d+(\.\d+)?/);
    return found ? Number(found[0]) : NaN;
  };

  // A day or month as English writes it; where the year comes first, words are in order as they stand.
  const day = (words) => {
    const found = words.match(/^(\d{1,2} )?([A-Z][a-z]+) (\d{4})(?!\d)/);
    return found ? Date.parse(`${found[2]} ${found[1] || 1}, ${found[3]}`) : NaN;
  };

  for (const table of document.querySelectorAll("table.data")) {
    const part = table.closest("[data-find]");
    const body = table.tBodies[0];
    const bold = [...body.rows].filter((row) => row.classList.contains("total"));
    const sums = bold.every((row) => row === body.rows[0] || row.sectionRowIndex >= body.rows.length - bold.length);
    const totals = sums ? bold : []; // else they head the rows below them, and are found as these are
    const rows = [...body.rows].filter((row) => !totals.includes(row));
    const heads = [...table.tHead.rows[0].cells];
    const compare = new Intl.Collator(part.lang, { numeric: true }).compare;

    const sort = (column, down) => {
      const said = rows.map((row) => row.cells[column].textContent.trim());
      const days = said.every((words) => ["", "\u2013"].includes(words) || !Number.isNaN(day(words)));
      const read = heads[column].classList.contains("r") ? figure : days ? day : null;
      const keyed = rows.map((row, place) => {
        const value = read ? read(said[place]) : said[place];
        return { row, place, value, blank: read ? Number.isNaN(value) : value === "" };
      });
      keyed.sort((a, b) => {
        if (a.blank || b.blank) return a.blank - b.blank || a.place - b.place;
        const order = read ? a.value - b.value : compare(a.value, b.value);
        return (down ? -order : order) || a.place - b.place;
      });
      body.append(...keyed.map((entry) => entry.row), ...totals);
    };

    if (rows.length > 1 && sums) {
      heads.forEach((head, column) => {
        if (!head.textContent.trim()) return;
        const button = document.createElement("button");
        button.type = "button";
        button.title = say(part, "sort", { column: head.textContent.trim() });
        button.append(...head.childNodes);
        head.append(button);
        button.addEventListener("click", () => {
          const down = head.getAttribute("aria-sort") === "ascending";
          for (const other of heads) other.removeAttribute("aria-sort");
          head.setAttribute("aria-sort", down ? "descending" : "ascending");
          sort(column, down);
        });
      });
    }

    if (rows.length > 4) {
      const bar = document.createElement("div");
      const label = document.createElement("label");
      const input = document.createElement("input");
      const said = document.createElement("span");
      bar.className = "find";
      input.type = "search";
      said.setAttribute("role", "status");
      label.append(say(part, "find", {}) + " ", input);
      bar.append(label, said);
      table.parentNode.before(bar);
      input.addEventListener("input", () => {
        const wanted = input.value.trim().toLocaleLowerCase(part.lang).split(/\s+/);
        let shown = 0;
        for (const row of rows) {
          const words = row.textContent.toLocaleLowerCase(part.lang);
          row.hidden = !wanted.every((word) => words.includes(word));
          shown += !row.hidden;
        }
        for (const row of totals) row.hidden = input.value.trim() !== "";
        said.textContent = input.value.trim() ? say(part, "found", { shown, all: rows.length }) : "";
      });
    }
  }

  const reach = () => {
    for (const box of document.querySelectorAll(".scroll")) {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };
  addEventListener("resize", reach);
  document.addEventListener("toggle", reach, true);
  reach();

  const open = () => {
    const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let fold = place && place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (place) place.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.fold:not([open])")];
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
  });
})();
