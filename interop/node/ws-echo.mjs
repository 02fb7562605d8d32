// A provider on npm ws that sends each event back in three fragments with a ping between them; prints its port. The
// event 'count' is answered with the pongs so far, and 'bye' with the close 4001.
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: true });

server.on('listening', () => console.log(server.address().port));
server.on('connection', (socket) => {
  let pongs = 0;
  socket.on('pong', () => pongs++);
  socket.on('message', (data, binary) => {
    const text = data.toString();
    if (binary) {
      socket.close(1003, 'text alone');
    } else if (text.includes('"count"')) {
      socket.send(JSON.stringify({ type: 'counted', pongs }));
    } else if (text.includes('"bye"')) {
      socket.close(4001, 'enough');
    } else {
      const third = Math.floor(data.length / 3);
      // Cut by bytes, so that a character may be cut, too.
      socket.send(data.subarray(0, third), { binary: false, fin: false });
      socket.ping('between');
      socket.send(data.subarray(third, 2 * third), { binary: false, fin: false });
      socket.send(data.subarray(2 * third), { binary: false, fin: true });
    }
  });
});
