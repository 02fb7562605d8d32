// The MCP server @modelcontextprotocol/server-everything over streamable HTTP, on a free port, which is printed as
// "port N": by itself it would print the port that it was asked for.
import http from 'node:http';

process.env.PORT = '0';
process.argv[2] = 'streamableHttp';
const listen = http.Server.prototype.listen;
http.Server.prototype.listen = function (...given) {
  this.once('listening', () => console.log(`port ${this.address().port}`));
  return listen.apply(this, given);
};
process.stdin.on('end', () => process.exit(0)).resume(); // Ends with whoever has started it.
await import('@modelcontextprotocol/server-everything/dist/index.js');
