// Links to the dashboard's own pages change the page in the tab that is open, as Back and Forward do, where the browser would load
// everything anew and begin a new session. Without this script, or without a connection to the server, they are links like any others.
(() => {
  if (window.samvadLinks) return;
  window.samvadLinks = true;
  document.addEventListener("click", (click) => {
    const link = click.target.closest?.(".stHtml a[href]");
    if (!link || click.defaultPrevented || click.button || click.metaKey || click.ctrlKey || click.shiftKey || click.altKey) return;
    if ((link.target && link.target !== "_self") || link.hasAttribute("download")) return;
    const to = new URL(link.href);
    const folder = new URL("./", document.baseURI);
    const page = to.pathname.slice(folder.pathname.length);
    // Pages lie beside one another in one folder; what lies deeper (the API) is no page, and an anchor is the browser's own.
    if (to.origin !== location.origin || !to.pathname.startsWith(folder.pathname) || page.includes("/")) return;
    if (to.hash && to.pathname === location.pathname && to.search === location.search) return;
    if (document.querySelector("[data-testid=stApp]")?.dataset.testConnectionState !== "CONNECTED") return;
    click.preventDefault();
    // In a frame on another site the page stays without its menu.
    const here = new URLSearchParams(location.search);
    for (const name of ["embed", "embed_options"]) for (const value of here.getAll(name)) to.searchParams.append(name, value);
    if (to.href !== location.href) history.pushState(null, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
    // Who turns the pages of a list goes on reading at its head.
    const list = link.closest("nav.pager")?.closest(".stHtml");
    const head = list && ([...list.querySelectorAll("h3")].pop() ?? list);
    if (head) head.scrollIntoView();
    else document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  });
  // The part of a page that an address names is drawn after the browser has looked for it.
  const reach = () => {
    const address = location.href;
    const until = performance.now() + 10000;
    let name = location.hash.slice(1);
    try { name = decodeURIComponent(name); } catch { /* A percent sign of its own. */ }
    const look = () => {
      const part = document.getElementById(name);
      if (part) part.scrollIntoView();
      else if (performance.now() < until && location.href === address) setTimeout(look, 100);
    };
    if (name) look();
  };
  // What a mark stands for is shown below its chart: where that is out of sight, the page moves to it.
  const shown = () => document.querySelector(".st-key-chosen .chosen-title")?.textContent;
  document.addEventListener("click", (click) => {
    if (!click.target.closest?.(".js-plotly-plot")) return;
    const before = shown();
    const until = performance.now() + 5000;
    const look = () => {
      const title = shown();
      if (title && title !== before) {
        const panel = document.querySelector(".st-key-chosen");
        const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
        if (panel.getBoundingClientRect().top > innerHeight - 120) panel.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
      } else if (performance.now() < until) setTimeout(look, 150);
    };
    look();
  }, true);
  // A chart that scrolls sideways on a phone keeps the names of its rows in sight.
  document.addEventListener("scroll", (scroll) => {
    const box = scroll.target;
    if (!(box instanceof Element) || !box.matches('[class*="st-key-wide-"]')) return;
    const ground = getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor;
    for (const names of box.querySelectorAll(".yaxislayer-above")) {
      names.style.transform = `translateX(${box.scrollLeft}px)`;
      names.style.stroke = box.scrollLeft ? ground : "";
    }
  }, true);
  // Where time runs to the right and the window is too narrow for it, a chart opens at its newest end.
  const TIMED = ["timeline", "matrix", "presence", "levels", "when", "path", "people", "where"].map((name) => `.st-key-wide-${name}`).join();
  const opened = new WeakSet();
  const narrow = matchMedia("(max-width: 640px)");
  let waiting = false;
  new MutationObserver(() => {
    if (waiting || !narrow.matches) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      for (const box of document.querySelectorAll(TIMED)) {
        if (opened.has(box) || !box.querySelector(".main-svg") || box.scrollWidth <= box.clientWidth) continue;
        opened.add(box);
        box.scrollLeft = box.scrollWidth;
      }
    });
  }).observe(document.body, { childList: true, subtree: true });
  addEventListener("popstate", reach);
  reach();
})();
