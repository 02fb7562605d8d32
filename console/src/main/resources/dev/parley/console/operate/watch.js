// One session as its stream tells of it: its facts, what was said, and how it ended.
import { useEffect, useReducer } from '../vendor/htm-preact.js';
import { persist } from '../lib/admin.js';

const MOST_TURNS = 400;

const NOTHING = { facts: null, said: [], ended: null };

/**
 * Follows the session `id` while `on`, from anew with each `epoch`. Gives `{ facts, said, ended }`: `facts` null until the first
 * word of it, `said` oldest first, `ended` `{ code, reason }`.
 */
export function useSession(admin, id, on, epoch) {
  const [known, tell] = useReducer(told, NOTHING);
  useEffect(() => tell({ event: 'forget' }), [id]);
  useEffect(() => {
    if (!on) return undefined;
    const link = new AbortController();
    follow(admin, id, link.signal, tell);
    return () => link.abort();
  }, [admin, id, on, epoch]);
  return known;
}

async function follow(admin, id, signal, tell) {
  const path = `/admin/sessions/${encodeURIComponent(id)}/live`;
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  try {
    await persist(async heard => {
      for await (const event of admin.events(path, { signal: until })) {
        if (until.aborted) return;
        heard();
        tell(event);
        if (event.event === 'ended') over.abort();
      }
    }, { signal: until, lost: () => {} });
  } catch (error) {
    // A key that is no longer good is told by the view around; here only a session that went unseen matters.
    if (!signal.aborted && error.status === 404) tell({ event: 'ended', data: { code: null, reason: null } });
  }
}

function told(known, { event, data }) {
  switch (event) {
    case 'forget': return NOTHING;
    case 'session': return { ...known, facts: data, said: joined(known.said, data.turns_said ?? []) };
    case 'said': return { ...known, said: joined(known.said, [data]) };
    case 'ended': return { ...known, ended: known.ended ?? data };
    default: return known;
  }
}

/** What was said, with what is newly heard of it put in its place or at the end. */
function joined(said, heard) {
  const newest = new Map(heard.map(turn => [turn.item_id, turn]));
  const kept = said.map(turn => {
    const again = newest.get(turn.item_id);
    newest.delete(turn.item_id);
    return again ?? turn;
  });
  return [...kept, ...newest.values()].slice(-MOST_TURNS);
}
