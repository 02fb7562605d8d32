// Writes down what passes on WebSockets, before the page sees it: with the times of the page and of its sound.
(() => {
  const Socket = window.WebSocket;
  const log = [];
  const sockets = [];

  const short = (name, value) =>
    (typeof value === 'string' && value.length > 400 ? `${value.length} characters` : value);

  function keep(direction, data) {
    const entry = { direction, at: performance.now(), audioTime: window.rig.ear.now() };
    if (typeof data === 'string') {
      try {
        entry.event = JSON.parse(data, short);
      } catch {
        entry.event = { type: 'no JSON' };
      }
    } else {
      entry.event = { type: 'audio in a binary message', bytes: data.byteLength ?? data.size };
    }
    log.push(entry);
  }

  window.WebSocket = class WebSocket extends Socket {
    constructor(...settings) {
      super(...settings);
      sockets.push(this);
      this.addEventListener('message', ({ data }) => keep('received', data));
    }

    send(data) {
      keep('sent', data);
      super.send(data);
    }
  };

  window.rig.wire = {
    log,
    open: () => sockets.filter(socket => socket.readyState === Socket.OPEN).length,
    opened: () => sockets.length,
    of: (direction, type) => log.filter(entry => entry.direction === direction && entry.event.type === type),
  };
})();
