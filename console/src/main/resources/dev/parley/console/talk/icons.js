import { html } from '../vendor/htm-preact.js';

const icon = paths => html`
  <svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
    ${paths}
  </svg>`;

export const Microphone = () => icon(html`<rect x="9" y="3" width="6" height="11" rx="3" /><path d="M5.500 11.500a6.500 6.500 0 0 0 13 0M12 18v3" />`);
export const HangUp = () => icon(html`<path d="M3.500 14.500c-.6-1.100-.6-2.400.1-3.400C5.300 8.700 8.500 7.500 12 7.500s6.700 1.200 8.400 3.600c.7 1 .7 2.300.1 3.400l-.5.800c-.3.5-.9.7-1.500.5l-2.900-1a1.200 1.200 0 0 1-.8-1.200l.1-1.700a11 11 0 0 0-5.800 0l.1 1.700c0 .5-.3 1-.8 1.200l-2.900 1c-.6.200-1.200 0-1.500-.5z" />`);
export const Cross = () => icon(html`<path d="M6 6l12 12M18 6L6 18" />`);
export const Bulb = () => icon(html`<path d="M9 18h6M10 21h4M12 3a6 6 0 0 0-3.600 10.800c.7.600 1.100 1.300 1.100 2.200h5c0-.9.4-1.600 1.100-2.200A6 6 0 0 0 12 3z" />`);
export const Sliders = () => icon(html`<path d="M4 7h9M17 7h3M4 17h3M11 17h9" /><circle cx="15" cy="7" r="2" /><circle cx="9" cy="17" r="2" />`);
