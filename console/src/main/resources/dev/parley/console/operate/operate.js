import { html } from '../vendor/htm-preact.js';

export function Operate() {
  return html`<h1>Operate</h1>`;
}
