// Follows a user's numbers on WebSockets that are dropped a hundred times: node dropping.mjs BASE_URL USER_ID,
// with the user's token in TOLLGATE_TOKEN and where to begin in LAST_EVENT_ID. Prints a line for each event: its
// version and its JSON. Node before 22 wants --experimental-websocket.

const DROPS = 100;
const [base] = process.argv.slice(2);
let last = process.env.LAST_EVENT_ID ?? "";

function follow(lifeMs) {
  return new Promise((resolve) => {
    const url = new URL("/ws/sync", base);
    url.protocol = "ws:";
    url.searchParams.set("token", process.env.TOLLGATE_TOKEN ?? "");
    url.searchParams.set("last_event_id", last);
    const socket = new WebSocket(url);
    socket.onopen = () => {
      if (lifeMs > 0) {
        setTimeout(() => socket.close(), lifeMs);
      }
    };
    socket.onmessage = (message) => {
      const envelope = JSON.parse(String(message.data));
      if (socket.readyState === WebSocket.OPEN && envelope.type === "nats") {
        last = String(envelope.data.version);
        console.log(last, JSON.stringify(envelope.data));
      }
    };
    socket.onclose = resolve;
  });
}

for (let turn = 0; turn < DROPS; turn++) {
  await follow(5 + Math.random() * 50);
}
await follow(0);
