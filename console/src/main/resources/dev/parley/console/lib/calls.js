// The tool calls of a conversation, as the messages tell of them and as the page saw those that it ran itself.
import { text } from './wire.js';

/** A call: `{ callId, name, arguments (JSON text), result, status, at, end (null while it runs), seq }`. */
export class Calls {
  /** By time. */
  list = [];
  #byId = new Map();

  take({ event, type, at, seq, direction }) {
    const item = event.item;
    if (type === 'response.function_call_arguments.done') {
      this.#update(event.call_id ?? event.item_id, { name: event.name, arguments: event.arguments }, at, seq);
    } else if (item?.type === 'function_call' && item.arguments) {
      this.#update(item.call_id ?? item.id, { name: item.name, arguments: item.arguments }, at, seq);
    } else if (item?.type === 'function_call_output') {
      this.#ended(item.call_id, at, { result: item.output, status: 'done' });
    } else if (item?.type === 'mcp_call' && direction === 'received') {
      this.#mcp(item, type, at, seq);
    }
  }

  #mcp(item, type, at, seq) {
    this.#update(item.id, { name: item.name, arguments: item.arguments }, at, seq);
    if (type === 'response.output_item.done') {
      this.#ended(item.id, at, item.error ? { result: JSON.stringify(item.error), status: 'failed' } : { result: item.output, status: 'done' });
    }
  }

  /** What the page knows of a tool that it ran: when really, and whether it failed. */
  observed(data, { at, seq }) {
    const call = this.#update(data.call_id, { name: data.name }, data.at_ms ?? at, seq);
    if (data.status !== 'called') {
      call.end = data.ended_ms ?? at;
      call.status = text(data.status);
      call.result ??= data.result;
    }
  }

  #update(callId, told, at, seq) {
    let call = this.#byId.get(callId);
    if (!call) {
      call = { callId, name: '', arguments: '', result: undefined, status: 'called', at, end: null, seq };
      this.#byId.set(callId, call);
      this.list.push(call);
    }
    for (const [name, value] of Object.entries(told)) {
      call[name] = text(value) || call[name];
    }
    return call;
  }

  #ended(callId, at, { result, status }) {
    const call = this.#update(callId, {}, at, undefined);
    call.result ??= result;
    if (call.end === null) {
      call.end = at;
      call.status = status;
    }
  }
}
