// What does not work, and what to do about it.
import { html } from '../vendor/htm-preact.js';

const BY_TEXT = ['no_microphone', 'microphone_denied', 'microphone_busy', 'microphone_lost', 'insecure_origin', 'unsupported_browser'];

export function Notices({ notices, active, dismiss, retry, byText }) {
  return notices.length > 0 && html`
    <div class="talk-notices">
      ${notices.map(notice => html`
        <div key=${notice.message} class=${`notice ${notice.fatal ? 'bad' : ''}`} role="alert" data-testid="notice" data-code=${notice.code}>
          <div>
            <p>${notice.message}</p>
            ${notice.fatal && !active && html`
              <p class="actions">
                <button type="button" class="button small" onClick=${retry}>Try again</button>
                ${BY_TEXT.includes(notice.code) && html`<button type="button" class="button small" onClick=${byText}>Go on by text</button>`}
              </p>`}
          </div>
          ${!notice.fatal && html`<button type="button" class="button quiet small" onClick=${() => dismiss(notice)}>Dismiss</button>`}
        </div>`)}
    </div>`;
}
