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

// A finger that moves scrolls as a wheel does; one that only touches is a click, and two are the browser's.
(() => {
  const terminal = document.getElementById("terminal");
  let height = 0;
  terminal.addEventListener("touchstart", (event) => { height = event.touches[0].clientY; });
  terminal.addEventListener("touchmove", (event) => {
    const [{ clientX, clientY, target }, another] = event.touches;
    if (another) return;
    const deltaY = height - clientY;
    target.dispatchEvent(new WheelEvent("wheel", { deltaY, clientX, clientY, bubbles: true, cancelable: true }));
    height = clientY;
    event.preventDefault();
  }, { passive: false });
})();
