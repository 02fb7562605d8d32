// Answers the page's requests to the admin API itself: a gateway with 500 sessions, each with as many turns as its number.
(() => {
  const known = window.fetch;
  const session = n => ({
    id: `sess_${n}`, client_id: `client_${n}`, who: { key: `key-${n}`, principal: null, remote: null }, agent: null,
    provider: n % 2 ? 'openai' : 'gemini', model: 'model', state: 'live', speaking: 'nobody', connected_at: 1_000_000, age_ms: n * 1000,
    turns: n, voice_to_voice_ms: { last: null, p50: null, p95: null, n: 0 },
    rates: { to_provider_bytes: 0, to_client_bytes: 0, events: 0 }, audio_in_ms: 0, audio_out_ms: 0, events_in: 0, events_out: 0, errors: 0, usage: null,
  });
  const sessions = { total: 500, sessions: Array.from({ length: 500 }, (_, i) => session(i + 1)) };
  const times = us => ({ p50: us, p95: 2 * us, p99: 3 * us, n: 10 });
  const sample = at => ({
    at, sessions: 500, begun: 0, ended: 0, failed: 1, refused: 2, added_us: times(1500), voice_to_voice_ms: times(600),
    to_provider_bytes: 1_500_000, to_client_bytes: 2_500_000, audio_in_ms: 0, audio_out_ms: 0, events: 0,
  });
  const now = Date.now();
  const count = { events: 1, bytes: 12_345_678, audio_ms: 200_000 };
  const answers = {
    '/admin/overview': {
      version: '1', started_at: now, uptime_ms: 200_000, default_provider: 'openai', sessions: { live: 500, begun: 1234, ended: { normal: 734 } },
      refusals: { gateway_full: 3 }, to_provider: count, to_client: count, buffered_bytes: 0, buffered_bytes_limit: 0,
    },
    '/admin/history': { interval_ms: 1000, samples: Array.from({ length: 60 }, (_, i) => sample(now - 60_000 + i * 1000)) },
  };
  const stream = () => new ReadableStream({
    start(to) {
      const text = `event: sample\ndata: ${JSON.stringify(sample(now))}\n\nevent: sessions\ndata: ${JSON.stringify(sessions)}\n\n`;
      const bytes = new TextEncoder().encode(text);
      // In pieces that end anywhere.
      for (let at = 0; at < bytes.length; at += 997) to.enqueue(bytes.subarray(at, at + 997));
    },
  });
  window.fetch = async (path, options) => {
    if (path === '/admin/live') return new Response(stream());
    return Object.hasOwn(answers, path) ? Response.json(answers[path]) : known(path, options);
  };
})();
