// Keys go to the app without a click first, and again whenever the page comes to the front.
(() => {
  const take = () => document.querySelector(".xterm-helper-textarea")?.focus();
  new MutationObserver(take).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  window.addEventListener("focus", take);
  document.addEventListener("visibilitychange", take);
  for (const id of ["again", "start"]) {
    document.getElementById(id).addEventListener("click", () => window.location.reload());
  }
})();
