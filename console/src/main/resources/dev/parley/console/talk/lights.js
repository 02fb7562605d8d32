// The lights of a small house, which the tool set_light switches, or a press.
import { html, useEffect, useReducer } from '../vendor/htm-preact.js';
import { Bulb } from './icons.js';
import { ROOMS } from './page-tools.js';

export function LightStrip({ lights }) {
  const [, redraw] = useReducer(n => n + 1, 0);
  useEffect(() => {
    lights.addEventListener('change', redraw);
    return () => lights.removeEventListener('change', redraw);
  }, [lights]);
  return html`
    <div class="lights" role="group" aria-label="Lights" data-testid="lights">
      ${ROOMS.map(room => html`
        <button type="button" class="light" aria-pressed=${String(lights.isOn(room))} data-room=${room} onClick=${() => lights.set(room, !lights.isOn(room))}>
          <${Bulb} /><span>${room}</span><span class="soft small">${lights.isOn(room) ? 'on' : 'off'}</span>
        </button>`)}
    </div>`;
}
