// Adds a copy button to each call; the page needs none of this.
(() => {
  "use strict";
  if (!navigator.clipboard) return;
  for (const block of document.querySelectorAll(".apiplug-example div.highlight")) {
    const pre = block.querySelector("pre");
    // sphinx-copybutton and some themes bring a button of their own.
    if (!pre || block.querySelector("button")) continue;
    const text = pre.textContent.trimEnd();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "apiplug-copy";
    button.textContent = "copy";
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(text).then(() => {
        button.textContent = "copied";
        setTimeout(() => { button.textContent = "copy"; }, 2000);
      }, () => { button.textContent = "copying failed"; });
    });
    block.append(button);
  }
})();
