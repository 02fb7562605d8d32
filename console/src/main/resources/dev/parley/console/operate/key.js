// Asks for the admin key. It is never put into an address, and kept no longer than the page unless that is wanted.
import { html, useEffect, useRef, useState } from '../vendor/htm-preact.js';

/** `wrong`: a key was given and refused. `use(key, keep)` takes the next. */
export function KeyForm({ wrong, use }) {
  const [key, write] = useState('');
  const [keep, setKeep] = useState(false);
  const field = useRef(null);
  useEffect(() => field.current.focus(), []);
  const submit = event => {
    event.preventDefault();
    if (key.trim()) use(key.trim(), keep);
  };
  return html`
    <form class="card key" onSubmit=${submit}>
      <h2>This gateway asks for its admin key</h2>
      <p class="soft">It is the value of <code>PARLEY_ADMIN_KEY</code> where the gateway was started. It is sent to this gateway only.</p>
      <label class="field">
        <span>Admin key</span>
        <input type="password" data-testid="admin-key" value=${key} onInput=${event => write(event.target.value)} autocomplete="off" ref=${field}
          aria-invalid=${wrong ? 'true' : undefined} aria-describedby=${wrong ? 'key-wrong' : undefined} />
      </label>
      ${wrong && html`<p class="failed small" id="key-wrong" role="alert">The gateway refused that key. Look for spaces or a part that is missing, and try again.</p>`}
      <label class="keep small"><input type="checkbox" checked=${keep} onChange=${event => setKeep(event.target.checked)} /> Keep it until this tab is closed (else until the page is loaded again)</label>
      <button class="button primary" disabled=${!key.trim()}>Look at the gateway</button>
    </form>`;
}
