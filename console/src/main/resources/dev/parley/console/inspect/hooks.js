import { useEffect, useReducer } from '../vendor/htm-preact.js';

/** Renders again when the target fires `change`, at most once in so many ms, and not while the view is hidden. */
export function useChanges(target, visible, everyMs) {
  const [count, again] = useReducer(value => value + 1, 0);
  useEffect(() => {
    if (!target || !visible) {
      return undefined;
    }
    let timer = 0;
    const changed = () => {
      timer ||= setTimeout(() => {
        timer = 0;
        again();
      }, everyMs);
    };
    target.addEventListener('change', changed);
    again();
    return () => {
      target.removeEventListener('change', changed);
      clearTimeout(timer);
    };
  }, [target, visible, everyMs]);
  return count;
}
