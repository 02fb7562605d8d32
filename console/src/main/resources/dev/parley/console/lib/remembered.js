// Settings of this browser. Where it keeps none (private windows may refuse), they last as long as the page.
const PREFIX = 'parley.';
const kept = new Map();

export const remembered = {
  get(name, otherwise) {
    try {
      const text = localStorage.getItem(PREFIX + name);
      return text === null ? kept.get(name) ?? otherwise : JSON.parse(text);
    } catch {
      return kept.get(name) ?? otherwise;
    }
  },

  set(name, value) {
    kept.set(name, value);
    try {
      localStorage.setItem(PREFIX + name, JSON.stringify(value));
    } catch {
      // It lasts as long as the page.
    }
  },
};
