// All that happened in one conversation, in order.
export class Journal extends EventTarget {
  entries = [];
}
