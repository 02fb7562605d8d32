// Tools that run in this page, so that function calling can be tried without writing any.
export const ROOMS = ['kitchen', 'living room', 'bedroom', 'office', 'hallway', 'garage'];

/** The lights that the page shows and the model can switch. */
export class Lights extends EventTarget {
  #on = new Set();

  isOn(room) {
    return this.#on.has(room);
  }

  set(room, on) {
    this.#on[on ? 'add' : 'delete'](room);
    this.dispatchEvent(new Event('change'));
  }
}

function lightsTool(lights) {
  return {
    name: 'set_light',
    description: `Switches the light of a room on or off. The rooms are: ${ROOMS.join(', ')}; "all" stands for all of them.`,
    parameters: {
      type: 'object',
      properties: {
        room: { type: 'string', description: 'The room.' },
        on: { type: 'boolean', description: 'Whether the light is to be on.' },
      },
      required: ['room', 'on'],
    },
    run({ room, on }) {
      const wanted = String(room).toLowerCase().replace(/ lights?$/, '');
      const rooms = wanted === 'all' ? ROOMS : ROOMS.filter(known => known === wanted);
      if (rooms.length === 0) {
        return { error: `There is no light in the ${wanted.slice(0, 40)}. There is one in the ${ROOMS.slice(0, -1).join(', ')} and ${ROOMS.at(-1)}.` };
      }
      rooms.forEach(known => lights.set(known, on === true));
      return { ok: true, room: wanted, on: on === true };
    },
  };
}

const timeTool = {
  name: 'page_time',
  description: 'Tells the time, the day and the time zone where the user is.',
  parameters: { type: 'object', properties: {} },
  run() {
    const now = new Date();
    const time = now.toLocaleTimeString('en', { hour: 'numeric', minute: '2-digit' });
    const day = now.toLocaleDateString('en', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
    return { message: `It is ${time} on ${day}.`, zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  },
};

const themeTool = {
  name: 'page_theme',
  description: 'Makes the page light or dark.',
  parameters: {
    type: 'object',
    properties: { theme: { type: 'string', enum: ['light', 'dark', 'auto'], description: '"auto" is as the system.' } },
    required: ['theme'],
  },
  run({ theme }) {
    if (!['light', 'dark', 'auto'].includes(theme)) {
      return { error: 'The theme is light, dark or auto.' };
    }
    dispatchEvent(new CustomEvent('themewanted', { detail: theme }));
    return { ok: true, theme };
  },
};

/** The tools that are switched on, for a session. */
export function pageTools(chosen, lights) {
  return [chosen.lights && lightsTool(lights), chosen.time && timeTool, chosen.theme && themeTool].filter(Boolean);
}

export const TOOL_NAMES = {
  lights: ['set_light', 'switches the lights below'],
  time: ['page_time', 'tells the time of this computer'],
  theme: ['page_theme', 'makes this page light or dark'],
};
