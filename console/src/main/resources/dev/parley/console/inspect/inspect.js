import { html } from '../vendor/htm-preact.js';

export function Inspect() {
  return html`<h1>Inspect</h1>`;
}
