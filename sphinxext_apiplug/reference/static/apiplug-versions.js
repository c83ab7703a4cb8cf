// Lets a reader choose a microversion, and narrows the page to it. The choice
// stands in the address and nowhere else; the page needs none of this.
(() => {
  "use strict";
  const bars = [...document.querySelectorAll(".apiplug-bar")];
  const home = document.currentScript && new URL("..", document.currentScript.src);
  if (!bars.length) {
    if (home) keepInLinks(home);
    return;
  }

  const parse = (text) => text.split(".").map(Number);
  const before = (one, two) => one[0] - two[0] || one[1] - two[1];
  const inside = (version, ranges) => ranges.split(" ").some((range) => {
    const [since, until] = range.split("-");
    return (!since || before(parse(since), version) <= 0)
      && (!until || before(version, parse(until)) <= 0);
  });

  // What has versions of its own. A mark speaks for the section or item it is in.
  const versioned = [...document.querySelectorAll("[data-versions]")].map((item) => ({
    target: item.matches(".apiplug-only") ? item.closest("section, li, .section") : item,
    ranges: item.dataset.versions,
    state: item.matches(".apiplug-state"),
  })).filter(({ target }) => target);
  const states = [...document.querySelectorAll(".apiplug-state")];
  const whole = [...document.querySelectorAll(".apiplug-whole")];
  const tables = [...document.querySelectorAll("table.apiplug-fields")];
  const asking = [...document.querySelectorAll("[data-asked]")].map((scope) => ({
    asked: scope.dataset.asked,
    texts: headerTexts(scope, scope.dataset.asked),
  }));

  // The places where a call names the version that it asks for.
  function headerTexts(scope, asked) {
    const found = [];
    const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.data;
      const end = text.search(/-version:[^"]*"?$/i) >= 0 ? text.lastIndexOf(asked) : -1;
      if (end >= 0) found.push([walker.currentNode, text, end]);
    }
    return found;
  }

  function choices(text) {
    if (!text.includes("-")) return text.split(" ");
    const [first, last] = text.split("-").map(parse);
    return Array.from({ length: last[1] - first[1] + 1 }, (_, i) => `${first[0]}.${first[1] + i}`);
  }

  function show(chosen) {
    const version = chosen && parse(chosen);
    for (const row of states) row.hidden = !version;
    for (const { target, ranges, state } of versioned) {
      target.hidden = version ? !inside(version, ranges) : state;
    }
    for (const row of whole) row.hidden = Boolean(version);
    // A heading above nothing would say that there is nothing to send at all.
    for (const table of tables) {
      const empty = ![...table.tBodies[0].rows].some((row) => !row.hidden);
      table.hidden = empty;
      const heading = table.previousElementSibling;
      if (heading && heading.matches(".apiplug-part")) heading.hidden = empty;
    }
    for (const example of document.querySelectorAll(".apiplug-example")) {
      const empty = ![...example.children].some((part) => !part.hidden);
      example.hidden = empty;
      const heading = example.previousElementSibling;
      if (heading && heading.matches(".apiplug-part")) heading.hidden = empty;
      // The only call of this version need not be unfolded first.
      for (const part of example.querySelectorAll("details[data-versions]")) part.open = Boolean(version);
    }
    for (const { asked, texts } of asking) {
      for (const [node, text, end] of texts) {
        node.data = text.slice(0, end) + (chosen || asked) + text.slice(end + asked.length);
      }
    }
    mirrorContents();
    document.dispatchEvent(new Event("apiplug-version"));
    for (const bar of bars) report(bar, chosen);
  }

  // The theme's own lists of the sections of this page lose what the page loses.
  function mirrorContents() {
    for (const link of document.querySelectorAll('a[href^="#"]')) {
      const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      const item = link.closest("li");
      if (item && section && section.matches(".apiplug-operation")) item.hidden = section.hidden;
    }
  }

  const shown = (item) => !item.hidden && !item.closest("[hidden]");
  const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

  function report(bar, chosen) {
    const scope = bar.closest("section, .section") || document;
    const sections = [...scope.querySelectorAll(".apiplug-operation")];
    const operations = (sections.length ? sections
      : [...scope.querySelectorAll(".apiplug-index > li")]).filter(shown).length;
    const fields = [...scope.querySelectorAll(".apiplug-fields tbody > tr")]
      .filter((row) => shown(row) && !row.closest(".apiplug-commands")).length;
    const texts = [count(operations, "operation")];
    if (fields) texts.push(count(fields, "field"));
    bar.apiplug.status.textContent = texts.join(", ");
    bar.apiplug.select.value = chosen;
    const missing = missed(chosen);
    bar.apiplug.missing.hidden = !missing;
    bar.apiplug.missing.textContent = missing;
  }

  // Whoever follows a link to an operation must hear why it isn't here.
  function missed(chosen) {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const section = target && target.closest(".apiplug-operation");
    if (!section || !section.hidden) return "";
    const heading = section.querySelector("h1, h2, h3, h4, h5, h6").cloneNode(true);
    for (const link of heading.querySelectorAll(".headerlink")) link.remove();
    return `${heading.textContent.trim()} is not in ${chosen}`;
  }

  function chosenIn(address) {
    const asked = address.searchParams.get(bars[0].dataset.parameter) || "";
    return choices(bars[0].dataset.choices).includes(asked) ? asked : "";
  }

  function choose(chosen) {
    const address = new URL(location.href);
    if (chosen) address.searchParams.set(bars[0].dataset.parameter, chosen);
    else address.searchParams.delete(bars[0].dataset.parameter);
    history.replaceState(history.state, "", address);
    show(chosen);
  }

  // What the reader looks at stays where it is while the page above it shrinks.
  function keepingPlace(bar, act) {
    const top = bar.getBoundingClientRect().bottom;
    const seen = [...document.querySelectorAll(".apiplug-operation")]
      .find((section) => shown(section) && section.getBoundingClientRect().bottom > top + 40);
    const old = seen && seen.getBoundingClientRect().top;
    act();
    if (seen && shown(seen) && old <= top) window.scrollBy(0, seen.getBoundingClientRect().top - old);
  }

  function fill(bar) {
    const label = document.createElement("label");
    const select = document.createElement("select");
    const versions = choices(bar.dataset.choices);
    const all = `all, ${versions[0]} to ${versions[versions.length - 1]}`;
    select.append(new Option(all, ""), ...versions.reverse().map((text) => new Option(text, text)));
    select.addEventListener("change", () => keepingPlace(bar, () => choose(select.value)));
    label.append("Microversion ", select);
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    const missing = document.createElement("strong");
    bar.append(label, status, missing);
    if (document.querySelector(".apiplug-operation details")) bar.append(expander());
    bar.apiplug = { select, status, missing };
    bar.hidden = false;
  }

  function expander() {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "expand all";
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      const open = button.getAttribute("aria-pressed") === "false";
      for (const part of document.querySelectorAll(".apiplug-operation details")) part.open = open;
      button.setAttribute("aria-pressed", String(open));
      button.textContent = open ? "fold all" : "expand all";
    });
    return button;
  }

  bars.forEach(fill);
  show(chosenIn(new URL(location.href)));
  // The browser went there before anything was hidden.
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && shown(target) && location.search) target.scrollIntoView();
  window.addEventListener("hashchange", () => bars.forEach((bar) => report(bar, chosenIn(new URL(location.href)))));
  window.addEventListener("popstate", () => show(chosenIn(new URL(location.href))));
  window.addEventListener("pageshow", () => bars.forEach((bar) => { bar.apiplug.select.value = chosenIn(new URL(location.href)); }));
  if (home) keepInLinks(home);

  // Every choice goes along to the other pages of this site.
  function keepInLinks(root) {
    const carry = (event) => {
      const link = event.target.closest && event.target.closest("a[href]");
      if (!link) return;
      const address = new URL(link.href, location.href);
      if (address.protocol !== root.protocol || address.host !== root.host) return;
      if (!address.pathname.startsWith(root.pathname) || /\.(?!html?$)\w+$/.test(address.pathname)) return;
      let changed = false;
      for (const [name, value] of new URLSearchParams(location.search)) {
        if (!name.startsWith("microversion") || address.searchParams.get(name) === value) continue;
        address.searchParams.set(name, value);
        changed = true;
      }
      for (const name of [...address.searchParams.keys()]) {
        if (!name.startsWith("microversion") || new URLSearchParams(location.search).has(name)) continue;
        address.searchParams.delete(name);
        changed = true;
      }
      if (changed) link.href = address.href;
    };
    for (const kind of ["click", "auxclick", "contextmenu"]) document.addEventListener(kind, carry, true);
  }
})();
