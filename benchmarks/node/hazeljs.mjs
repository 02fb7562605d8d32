// @hazeljs/realtime as its documentation sets it up, on an HTTP server of its own. Its provider's URL is fixed in its
// source; the constructor of 'ws' that it gets here dials the provider of the bench instead.
// Arguments: the port to listen on, and the provider's URL.
import http from 'node:http';
import { createRequire } from 'node:module';

const [port, provider] = process.argv.slice(2);
const VENDOR = 'wss://api.openai.com/v1';
const require = createRequire(import.meta.url);

require('ws');
const loaded = require.cache[require.resolve('ws')];
loaded.exports = new Proxy(loaded.exports, {
  construct(WebSocket, [url, ...others]) {
    const dialled = url.startsWith(VENDOR) ? provider + url.slice(VENDOR.length) : url;
    return new WebSocket(dialled, ...others);
  },
});

const { RealtimeGateway, RealtimeService } = require('@hazeljs/realtime');
const server = http.createServer();
const service = new RealtimeService({ openaiApiKey: 'sk-bench' });
new RealtimeGateway(service).attachToServer(server);
server.listen({ port: Number(port), host: '127.0.0.1', backlog: 4096 });

// The bench holds the other end of the input: without it there is nobody to serve.
process.stdin.resume().on('end', () => process.exit(0));
