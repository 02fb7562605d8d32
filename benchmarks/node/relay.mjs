// A plain relay on the package 'ws': one connection to the provider for each client, events for clients in an envelope.
// Arguments: the port to listen on, and the provider's URL.
import { WebSocket, WebSocketServer } from 'ws';

const [port, provider] = process.argv.slice(2);
const MAX = 21 * 1024 * 1024;

const server = new WebSocketServer({
  host: '127.0.0.1',
  port: Number(port),
  path: '/realtime',
  backlog: 4096,
  maxPayload: MAX,
  perMessageDeflate: false,
});

server.on('connection', (client) => {
  const upstream = new WebSocket(`${provider}/realtime?model=gpt-realtime`, {
    headers: { authorization: 'Bearer sk-bench' },
    maxPayload: MAX,
    perMessageDeflate: false,
  });
  let waiting = [];
  const close = () => {
    upstream.terminate();
    client.close();
  };

  upstream.on('open', () => {
    waiting.forEach((data) => upstream.send(data, { binary: false }));
    waiting = null;
  });
  upstream.on('message', (data) => {
    client.send(`{"event":"realtime","data":${data.toString()},"timestamp":${Date.now()}}`);
  });
  client.on('message', (data) => {
    if (waiting) {
      waiting.push(data);
    } else {
      upstream.send(data, { binary: false });
    }
  });
  for (const end of [client, upstream]) {
    end.on('close', close);
    end.on('error', close);
  }
});

// The bench holds the other end of the input: without it there is nobody to serve.
process.stdin.resume().on('end', () => process.exit(0));
