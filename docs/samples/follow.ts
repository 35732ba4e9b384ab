// Follows a user's numbers on a WebSocket: node follow.ts BASE_URL DEVICE_ID, with the user's token in
// TOLLGATE_TOKEN. Prints a line for each event: its version, its type and its JSON. Connects again with
// back-off, and goes on after the last event it has seen (LAST_EVENT_ID, where it is started again).
// Types are said in comments, so that it runs as it is, in browsers too, and compilers still check it; Node
// before 22 wants --experimental-websocket.

const [base, device] = process.argv.slice(2);
const token = process.env.TOLLGATE_TOKEN ?? "";
let last = process.env.LAST_EVENT_ID ?? "";
let pause = 500;

// pings of the server are not shown to scripts: who asks and hears nothing for so long is alone
const SILENCE_MS = 75_000;

function connect() {
  const url = new URL("/ws/sync", base);
  url.protocol = url.protocol.replace("http", "ws");
  url.searchParams.set("device_id", device);
  url.searchParams.set("token", token);
  if (last !== "") {
    url.searchParams.set("last_event_id", last);
  }
  const socket = new WebSocket(url);
  let heard = Date.now();
  const watch = setInterval(() => {
    if (Date.now() - heard > SILENCE_MS) {
      socket.close();
    } else if (socket.readyState === WebSocket.OPEN) {
      socket.send(JSON.stringify({ type: "ping" }));
    }
  }, SILENCE_MS / 3);
  socket.onopen = () => {
    pause = 500;
    socket.send(JSON.stringify({ type: "sync_request" }));
  };
  socket.onmessage = (message) => {
    heard = Date.now();
    /** @type {{type: string, data?: {type: string, version: number}}} */
    const envelope = JSON.parse(String(message.data));
    if (envelope.type === "nats" && envelope.data !== undefined) {
      const event = envelope.data;
      console.log(event.version, event.type, JSON.stringify(event));
      last = String(event.version);
    } else {
      console.log("-", envelope.type, JSON.stringify(envelope.data ?? {}));
    }
  };
  socket.onclose = (closed) => {
    clearInterval(watch);
    if (closed.code === 4401 || closed.code === 4403) {
      throw new Error(`the token is not valid: ${closed.reason}`);
    }
    setTimeout(connect, pause * (0.5 + Math.random() / 2));
    pause = Math.min(pause * 2, 30_000);
  };
  socket.onerror = () => {};
}

connect();
