// A client on npm ws: sends events whole and in fragments, and prints what came back as one line of JSON.
import WebSocket from 'ws';

const socket = new WebSocket(process.argv[2]);
const event = (units) => `{"type":"echo","text":"${'a\u00e9\u20ac\u{1f600}'.repeat(units)}"}`;
const messages = [event(0), event(10), event(5_000), event(300_000), event(2_000)];
const told = { echoes: 0, pongs: [] };

function tell(more) {
  console.log(JSON.stringify({ ...told, ...more }));
  process.exit(0);
}

setTimeout(() => tell({ failure: 'took too long' }), 20_000);
socket.on('error', (problem) => tell({ failure: String(problem) }));
socket.on('pong', (data) => told.pongs.push(data.toString()));
socket.on('open', () => {
  messages.slice(0, 4).forEach((message) => socket.send(message));
  const bytes = Buffer.from(messages[4]);
  // Cut by bytes, so that a character may be cut, too.
  socket.send(bytes.subarray(0, 24), { binary: false, fin: false });
  socket.ping('mine 0');
  socket.send(bytes.subarray(24, 9_999), { binary: false, fin: false });
  socket.ping('mine 1');
  socket.send(bytes.subarray(9_999), { binary: false, fin: true });
});
socket.on('message', (data) => {
  const text = data.toString();
  if (text === messages[told.echoes]) {
    told.echoes++;
    if (told.echoes === messages.length) {
      socket.send('{"type":"count"}');
    }
  } else if (text.includes('"counted"')) {
    told.counted = JSON.parse(text).pongs;
    socket.send('{"type":"bye"}');
  } else if (!text.includes('provider_closed')) {
    tell({ failure: `another message than was sent: ${text.slice(0, 80)}` });
  }
});
socket.on('close', (code, reason) => tell({ code, reason: reason.toString() }));
