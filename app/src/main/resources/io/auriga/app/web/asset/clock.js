// The platform's clock, which in a replay runs faster or stands still, and the times told by it.

function span(seconds) {
  if (seconds < 60) {
    return `${seconds} s`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min`;
  }
  return seconds < 172800
    ? `${Math.floor(seconds / 3600)} h`
    : `${Math.floor(seconds / 86400)} d`;
}

function relative(millis, now) {
  const seconds = Math.floor((now - millis) / 1000);
  if (seconds < 0) {
    return `in ${span(-seconds)}`;
  }
  return seconds < 2 ? "just now" : `${span(seconds)} ago`;
}

export function startClock(root) {
  let base = Number(root.dataset.now);
  let speed = Number(root.dataset.speed);
  let since = performance.now();
  const now = () => base + (performance.now() - since) * speed;
  return {
    now,
    speed: () => speed,
    set(millis, rate) {
      base = millis;
      speed = rate;
      since = performance.now();
    },
    tick() {
      for (const time of document.querySelectorAll("time[data-at]")) {
        const text = relative(Number(time.dataset.at), now());
        if (time.textContent !== text) {
          time.textContent = text;
        }
      }
    },
  };
}
