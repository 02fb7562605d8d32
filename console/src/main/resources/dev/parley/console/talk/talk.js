import { html } from '../vendor/htm-preact.js';

export function Talk() {
  return html`<h1>Talk</h1>`;
}
