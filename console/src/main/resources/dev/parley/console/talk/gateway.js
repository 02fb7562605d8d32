// What the gateway offers, asked once and again when a key is given.
import { useCallback, useEffect, useState } from '../vendor/htm-preact.js';

const UNREACHABLE = 'The gateway does not answer. Check that it is running, then try again.';

async function ask(key) {
  let response;
  try {
    response = await fetch('/console/options', { headers: key ? { authorization: `Bearer ${key}` } : {} });
  } catch {
    return { options: null, keyNeeded: false, problem: UNREACHABLE };
  }
  if (response.status === 401 || response.status === 403) {
    const refused = key ? 'The gateway does not know this client key. Check it, or ask whoever runs the gateway for one.' : null;
    return { options: null, keyNeeded: true, problem: refused };
  }
  if (!response.ok) {
    const body = await response.json().catch(() => null);
    return { options: null, keyNeeded: false, problem: body?.error?.message ?? `${UNREACHABLE} (HTTP ${response.status})` };
  }
  const options = await response.json();
  return { options, keyNeeded: options.key_needed, problem: null };
}

/** { options, keyNeeded, problem, asking, again } for this client key. */
export function useGateway(key) {
  const [answer, set] = useState({ options: null, keyNeeded: false, problem: null, asking: true });
  const [times, count] = useState(0);
  useEffect(() => {
    let current = true;
    set(before => ({ ...before, asking: true }));
    ask(key).then(told => current && set({ ...told, asking: false }));
    return () => { current = false; };
  }, [key, times]);
  return { ...answer, again: useCallback(() => count(n => n + 1), []) };
}
