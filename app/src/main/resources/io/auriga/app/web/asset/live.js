// Keeps the page true: hears of changes by server-sent events, asks for the page again and changes
// only what differs. The server renders everything; without this file the pages work, unmoved.
import { morph } from "./morph.js";
import { startClock } from "./clock.js";
import { startControls } from "./controls.js";

const REFRESH_GAP = 400; // ms; more changes than this in a second help nobody
const RETRY_FIRST = 1000;
const RETRY_LONGEST = 15000;
const STALE_SLOTS = 2;

const root = document.documentElement;
const banner = document.getElementById("connection");
const bannerText = document.getElementById("connection-text");
const retryButton = document.getElementById("connection-retry");
const clock = startClock(root);
startControls(root, refresh);

let source = null;
let failures = 0;
let retryAt = 0;
let lastChange = Date.now();
let refreshing = false;
let wanted = false;
let lastRefresh = 0;

function connect() {
  retryAt = 0;
  source = new EventSource("/stream");
  source.addEventListener("open", () => {
    if (failures > 0) {
      refresh(); // what was missed meanwhile
    }
    failures = 0;
    lastChange = Date.now();
    show();
  });
  source.addEventListener("change", (event) => {
    const change = JSON.parse(event.data);
    clock.set(change.now, change.speed);
    lastChange = Date.now();
    refresh();
    show();
  });
  source.addEventListener("tick", (event) => {
    const tick = JSON.parse(event.data);
    clock.set(tick.now, tick.speed);
  });
  source.addEventListener("error", () => {
    source.close();
    failures += 1;
    retryAt = Date.now() + Math.min(RETRY_LONGEST, RETRY_FIRST * 2 ** (failures - 1));
    show();
  });
}

async function refresh() {
  wanted = true;
  if (refreshing || document.hidden) {
    return;
  }
  refreshing = true;
  try {
    while (wanted) {
      const rest = lastRefresh + REFRESH_GAP - Date.now();
      if (rest > 0) {
        await new Promise((resolve) => setTimeout(resolve, rest));
      }
      wanted = false;
      lastRefresh = Date.now();
      const answer = await fetch(location.href, { headers: { accept: "text/html" } });
      if (!answer.ok) {
        break; // the page shown stays; the next change asks again
      }
      const next = new DOMParser().parseFromString(await answer.text(), "text/html");
      const from = next.documentElement.dataset;
      clock.set(Number(from.now), Number(from.speed));
      root.dataset.slot = from.slot;
      morph(document.body, next.body);
      document.title = next.title;
      clock.tick();
    }
  } catch {
    // Unreachable: the event stream notices too and says so.
  } finally {
    refreshing = false;
  }
}

function show() {
  const slot = Number(root.dataset.slot);
  const speed = clock.speed();
  const silence = Date.now() - lastChange;
  const stale = speed > 0 && silence > (STALE_SLOTS * slot) / Math.min(speed, 1) + 2000;
  const lost = retryAt > 0 || source?.readyState === EventSource.CONNECTING && failures > 0;
  let text = "";
  if (retryAt > 0) {
    const seconds = Math.max(0, Math.ceil((retryAt - Date.now()) / 1000));
    text = `Connection to Auriga lost. Trying again in ${seconds} s.`;
  } else if (lost) {
    text = "Connection to Auriga lost. Trying again now.";
  } else if (stale) {
    text = `No new block for ${Math.round((silence * speed) / 1000)} s. The figures below may be old.`;
  }
  banner.hidden = text === "";
  banner.classList.toggle("lost", lost);
  retryButton.hidden = retryAt === 0;
  root.classList.toggle("is-behind", lost || stale);
  if (bannerText.textContent !== text) {
    bannerText.textContent = text;
  }
}

retryButton.addEventListener("click", () => {
  connect();
  show();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && wanted) {
    refresh();
  }
});
setInterval(() => {
  if (retryAt > 0 && Date.now() >= retryAt) {
    connect();
  }
  clock.tick();
  show();
}, 1000);
addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", (event) => event.persisted && connect());
connect();
