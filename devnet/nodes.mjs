// Questions to the nodes, each with a deadline.
const DEADLINE_MS = 10_000;

export async function rpc(url, method, ...params) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  const answer = await response.json();
  if (answer.error) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
  return answer.result;
}

export async function getJson(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(DEADLINE_MS) });
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return response.json();
}

export async function postJson(url, body) {
  const response = await fetch(url, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), signal: AbortSignal.timeout(DEADLINE_MS),
  });
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}: ${(await response.text()).slice(0, 300)}`);
}

/**
 * The events of a beacon node, one after the other, with the time of their arrival. Lodestar 1.5.1 answers the
 * headers with the first event only, so idleMs covers them too.
 */
export async function* events(api, topics, idleMs) {
  const abort = new AbortController();
  let idle;
  const alive = () => {
    clearTimeout(idle);
    idle = setTimeout(() => abort.abort(new Error(`no event for ${idleMs / 1000} s`)), idleMs);
  };
  alive();
  try {
    const response = await fetch(`${api}/eth/v1/events?${topics.map((t) => `topics=${t}`).join("&")}`, { headers: { accept: "text/event-stream" }, signal: abort.signal });
    if (!response.ok) throw new Error(`events: HTTP ${response.status}`);
    const decoder = new TextDecoder();
    let text = "";
    for await (const chunk of response.body) {
      const arrived = Date.now();
      alive();
      text += decoder.decode(chunk, { stream: true }).replaceAll("\r", "");
      for (let end; (end = text.indexOf("\n\n")) >= 0; text = text.slice(end + 2)) {
        const fields = Object.fromEntries(text.slice(0, end).split("\n").filter((line) => /^(event|data):/.test(line)).map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]));
        if (fields.event && fields.data) yield { arrived, topic: fields.event, data: JSON.parse(fields.data) };
      }
    }
    throw new Error("the beacon node closed the event stream");
  } finally {
    clearTimeout(idle);
    abort.abort();
  }
}
