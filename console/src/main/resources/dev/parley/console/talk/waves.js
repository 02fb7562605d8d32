// Both voices in motion: the button in the middle is now, the user's past runs off to the left, the model's to the right.
import { STEP_MS } from './envelope.js';
import { html, useEffect, useRef } from '../vendor/htm-preact.js';

const PITCH = 6; // Pixels a step takes.
const BAR = 3;
const REDUCED_MS = 250;

const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** `voices` is { input, output }, two envelopes, or null while there is no conversation. */
export function Waves({ voices, running, muted, gap }) {
  const canvas = useRef(null);
  const drawing = useRef(null);
  useEffect(() => {
    drawing.current = new Drawing(canvas.current);
    return () => drawing.current.end();
  }, []);
  useEffect(() => drawing.current.show({ voices, running, muted, gap }), [voices, running, muted, gap]);
  return html`<canvas class="waves" ref=${canvas} aria-hidden="true"></canvas>`;
}

class Drawing {
  #canvas;
  #pen;
  #frame = 0;
  #drawnAt = 0;
  #flat = false;
  #size;
  #shown = { voices: null, running: false, muted: false, gap: 100 };
  #repaint = () => {
    this.#colours = colours();
    this.#flat = false;
    this.#paint(performance.now());
  };
  #colours = colours();

  constructor(canvas) {
    this.#canvas = canvas;
    this.#pen = canvas.getContext('2d');
    this.#size = new ResizeObserver(() => this.#fit());
    this.#size.observe(canvas);
    addEventListener('themechange', this.#repaint);
  }

  end() {
    cancelAnimationFrame(this.#frame);
    this.#size.disconnect();
    removeEventListener('themechange', this.#repaint);
  }

  show(shown) {
    this.#shown = shown;
    this.#repaint();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (shown.running) {
      this.#next();
    }
  }

  #fit() {
    const { clientWidth, clientHeight } = this.#canvas;
    const scale = Math.min(2, devicePixelRatio || 1);
    this.#canvas.width = Math.round(clientWidth * scale);
    this.#canvas.height = Math.round(clientHeight * scale);
    this.#pen.setTransform(scale, 0, 0, scale, 0, 0);
    this.#repaint();
  }

  #next() {
    this.#frame = requestAnimationFrame(() => {
      const now = performance.now();
      if (!calm.matches || now - this.#drawnAt > REDUCED_MS) {
        this.#paint(now);
      }
      this.#next();
    });
  }

  #paint(now) {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const { voices, muted, gap } = this.#shown;
    if (width === 0) {
      return;
    }
    const steps = Math.ceil(width / 2 / PITCH) + 2;
    const flat = voices === null || (voices.input.silent(now, steps) && voices.output.silent(now, steps));
    if (flat && this.#flat) {
      return; // A still line needs no new picture.
    }
    this.#flat = flat;
    this.#drawnAt = now;
    this.#pen.clearRect(0, 0, width, height);
    this.#side(voices?.input, now, { width, height, gap, towards: -1, colour: muted ? this.#colours.still : this.#colours.user });
    this.#side(voices?.output, now, { width, height, gap, towards: 1, colour: this.#colours.model });
  }

  #side(voice, now, { width, height, gap, towards, colour }) {
    const pen = this.#pen;
    const reach = width / 2 - gap;
    const step = Math.floor(now / STEP_MS);
    const shift = voice && !calm.matches ? ((now % STEP_MS) / STEP_MS) * PITCH : 0;
    for (let i = 0; i * PITCH + shift < reach; i++) {
      const away = i * PITCH + shift;
      const loud = voice?.at(step - 1 - i) ?? 0;
      const size = Math.max(BAR, loud * height * 0.92);
      pen.globalAlpha = Math.min(1, (reach - away) / (reach * 0.45)) * Math.min(1, (away + 1) / PITCH);
      pen.fillStyle = loud > 0 ? colour : this.#colours.still;
      pen.beginPath();
      pen.roundRect(width / 2 + towards * (gap + away) - BAR / 2, (height - size) / 2, BAR, size, BAR / 2);
      pen.fill();
    }
    pen.globalAlpha = 1;
  }
}

function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = name => style.getPropertyValue(name).trim();
  return { user: of('--user'), model: of('--model'), still: of('--strong-line') };
}
