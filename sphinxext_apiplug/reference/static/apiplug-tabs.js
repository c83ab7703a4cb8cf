// Puts the ways to make a call beside each other: as curl, as a client's command, as JSON.
// Without it they stand below one another.
(() => {
  "use strict";
  const groups = [];

  for (const section of document.querySelectorAll(".apiplug-operation")) {
    const calls = section.querySelector(":scope > .apiplug-calls");
    const commands = section.querySelector(":scope > .apiplug-commands");
    const ways = calls ? found(calls, commands) : [];
    if (ways.length > 1) groups.push(made(section, calls, commands, ways));
  }
  if (!groups.length) return;
  const refresh = () => groups.forEach((group) => select(group, group.chosen));
  document.addEventListener("apiplug-version", refresh);
  refresh();

  function found(calls, commands) {
    const ways = [{ name: "curl", label: "curl", panel: calls }];
    if (commands) ways.push({ name: "command", label: program(commands), panel: commands });
    if (calls.querySelector(".apiplug-body")) ways.push({ name: "json", label: "JSON", panel: calls });
    return ways;
  }

  // The one program that all commands are of.
  function program(commands) {
    const lines = [...commands.querySelectorAll(":scope > .apiplug-scope > div pre")];
    const names = new Set(lines.map((line) => line.textContent.trim().split(/\s/)[0]));
    return names.size === 1 ? [...names][0] : "command line";
  }

  function made(section, calls, commands, ways) {
    const list = document.createElement("div");
    list.setAttribute("role", "tablist");
    const group = { ways, list, calls, chosen: "curl", heading: calls.previousElementSibling };
    const title = group.heading.matches(".apiplug-part") ? group.heading.textContent : "Example";
    list.setAttribute("aria-label", title);
    for (const way of ways) {
      const tab = document.createElement("button");
      tab.type = "button";
      tab.id = `${section.id}--${way.name}`;
      tab.textContent = way.label;
      tab.setAttribute("role", "tab");
      way.panel.id ||= `${section.id}--${way.name}-panel`;
      way.panel.setAttribute("role", "tabpanel");
      tab.setAttribute("aria-controls", way.panel.id);
      tab.addEventListener("click", () => choose(group, way.name));
      list.append(tab);
      way.tab = tab;
    }
    list.addEventListener("keydown", (event) => walk(group, event));
    // Folding all on the page leaves what a tab shows.
    calls.addEventListener("toggle", ({ target }) => {
      if (group.chosen === "json" && target.matches(".apiplug-body")) target.open = true;
    }, true);
    group.box = document.createElement("div");
    group.box.className = "apiplug-tabs";
    calls.before(group.box);
    group.box.append(list, calls);
    if (commands) {
      commands.previousElementSibling.remove();
      group.box.append(commands);
    }
    return group;
  }

  // Whoever reads commands here reads them in the whole page, and sees the same place of it.
  function choose(group, name) {
    const top = group.list.getBoundingClientRect().top;
    for (const other of groups) select(other, name);
    window.scrollBy(0, group.list.getBoundingClientRect().top - top);
  }

  function select(group, name) {
    group.chosen = name;
    const ways = group.ways.filter(isThere);
    const shown = ways.find((way) => way.name === name) || ways[0];
    group.box.hidden = group.heading.hidden = !shown;
    if (!shown) return;
    for (const way of group.ways) {
      const selected = way === shown;
      way.tab.hidden = !ways.includes(way);
      way.tab.tabIndex = selected ? 0 : -1;
      way.tab.setAttribute("aria-selected", String(selected));
      way.panel.classList.toggle("apiplug-unchosen", way.panel !== shown.panel);
    }
    shown.panel.setAttribute("aria-labelledby", shown.tab.id);
    const asJson = shown.name === "json";
    group.calls.classList.toggle("apiplug-as-json", asJson);
    for (const body of asJson ? group.calls.querySelectorAll(".apiplug-body") : []) body.open = true;
  }

  // The version that a reader has chosen may have no command, or no body.
  function isThere({ name, panel }) {
    if (panel.hidden) return false;
    if (name !== "json") return true;
    return [...panel.querySelectorAll(".apiplug-body")].some((body) => !body.closest("[hidden]"));
  }

  function walk(group, event) {
    const tabs = group.ways.map((way) => way.tab).filter((tab) => !tab.hidden);
    const place = tabs.indexOf(event.target);
    const last = tabs.length - 1;
    const next = {
      ArrowRight: place === last ? 0 : place + 1,
      ArrowLeft: place ? place - 1 : last,
      Home: 0,
      End: last,
    }[event.key];
    if (place < 0 || next === undefined) return;
    event.preventDefault();
    tabs[next].focus();
    tabs[next].click();
  }
})();
