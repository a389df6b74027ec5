/**
 * Reads a stream of server-sent events as it comes, by fetch: the sign-in goes along, no token stands in an
 * address.
 */

/** Calls `take({ id, name, data })` for each event and `alive()` for each sign of life, until the stream ends. */
export async function readEvents(answer, take, alive = () => {}) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    alive();
    const blocks = (rest + value).replaceAll("\r\n", "\n").split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) taken(block, take);
  }
}

function taken(block, take) {
  const event = { id: "", name: "message", data: "" };
  for (const line of block.split("\n")) {
    const at = line.indexOf(":");
    const value = line.slice(at + 1).replace(/^ /, "");
    if (line.startsWith("id:")) event.id = value;
    else if (line.startsWith("event:")) event.name = value;
    else if (line.startsWith("data:")) event.data += value;
  }
  if (event.data) take({ ...event, data: JSON.parse(event.data) });
}
