// The timeline: a canvas that is drawn when something has changed, and its hands: wheel, pointers, keys.
import { html, useEffect, useMemo, useRef, useState } from '../vendor/htm-preact.js';
import { coloursOf, draw } from './draw.js';
import { layout, Scale } from './lanes.js';
import { described, neighbour, spotAt } from './spot.js';
import { clock } from './format.js';
import { Window } from './window.js';

const WHEEL = 0.0016;
const STEP = 1.5;
const CLICK_PIXELS = 4;

/** One timeline on one canvas. */
class Stage {
  scene = null;
  #canvas;
  #frame = 0;
  #colours = null;
  #place = layout(300);
  #width = 300;

  constructor(canvas, props) {
    this.#canvas = canvas;
    this.props = props;
  }

  /** At most once per frame. */
  redraw = () => {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  };

  recolour = () => {
    this.#colours = null;
    this.redraw();
  };

  resize(width) {
    this.#width = Math.max(200, Math.floor(width));
    this.#place = layout(this.#width);
    const ratio = devicePixelRatio || 1;
    this.#canvas.width = this.#width * ratio;
    this.#canvas.height = this.#place.height * ratio;
    this.#canvas.style.height = `${this.#place.height}px`;
    this.redraw();
  }

  get place() {
    return this.#place;
  }

  get scale() {
    return new Scale(this.props.window.from, this.props.window.to, this.#place.left, this.#place.right);
  }

  #draw() {
    const { journal, window, replay, selected, cursor } = this.props;
    if (window.following) {
      window.keep(journal.end);
    } else if (replay.playing) {
      window.show(replay.position);
    }
    const context = this.#canvas.getContext('2d');
    const ratio = this.#canvas.width / this.#width;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#colours ??= coloursOf(this.#canvas);
    draw(context, {
      digest: journal.digest, scale: this.scale, place: this.#place, colours: this.#colours, width: this.#width,
      selected: selected === null ? null : journal.entry(selected) ?? null, cursor,
      playhead: replay.playing || replay.position > 0 ? replay.position : null,
    });
  }

  close() {
    cancelAnimationFrame(this.#frame);
  }
}

export function Timeline({ journal, replay, visible, selected, select }) {
  const canvas = useRef(null);
  const stage = useRef(null);
  const window = useMemo(() => new Window(() => journal.end), [journal]);
  const [spot, setSpot] = useState(null);
  const [following, setFollowing] = useState(false);

  useEffect(() => {
    window.fit();
    window.follow(journal.live);
    setFollowing(window.following);
    setSpot(null);
  }, [journal, window, journal.live]);

  const props = { journal, replay, window, selected, cursor: spot?.at ?? null };
  useEffect(() => {
    stage.current = new Stage(canvas.current, props);
    const sizes = new ResizeObserver(([{ contentRect }]) => stage.current.resize(contentRect.width));
    sizes.observe(canvas.current.parentElement);
    addEventListener('themechange', stage.current.recolour);
    return () => {
      sizes.disconnect();
      removeEventListener('themechange', stage.current.recolour);
      stage.current.close();
    };
  }, []);
  useEffect(() => {
    stage.current.props = props;
    stage.current.redraw();
  });
  useEffect(() => {
    if (!visible) {
      return undefined;
    }
    journal.addEventListener('change', stage.current.redraw);
    replay.addEventListener('change', stage.current.redraw);
    return () => {
      journal.removeEventListener('change', stage.current.redraw);
      replay.removeEventListener('change', stage.current.redraw);
    };
  }, [journal, replay, visible]);
  useEffect(() => {
    if (selected !== null && journal.entry(selected)) {
      window.show(journal.entry(selected).at);
      stage.current.redraw();
    }
  }, [selected, journal, window]);

  const changed = () => {
    setFollowing(window.following);
    stage.current.redraw();
  };
  const hands = useMemo(() => new Hands(stage, changed, setSpot, select), [window, select]);
  useEffect(() => {
    const element = canvas.current;
    // Preact's own listener would be passive.
    element.addEventListener('wheel', hands.wheel, { passive: false });
    return () => element.removeEventListener('wheel', hands.wheel);
  }, [hands]);

  const zoom = factor => {
    window.zoom(factor, (window.from + window.to) / 2);
    changed();
  };
  return html`
    <section class="card timeline" aria-labelledby="timeline-title">
      <header>
        <h2 id="timeline-title">Timeline</h2>
        <span class="mark-key small soft" aria-hidden="true"><i class="mark interrupted"></i>interrupted <i class="mark truncated"></i>truncated <i class="mark error"></i>error</span>
        <span class="spring"></span>
        <button class="button small" type="button" onClick=${() => zoom(STEP)} aria-label="Zoom out" title="Zoom out (−)">−</button>
        <button class="button small" type="button" onClick=${() => zoom(1 / STEP)} aria-label="Zoom in" title="Zoom in (+)">+</button>
        <button class="button small" type="button" onClick=${() => { window.fit(); changed(); }} title="All of it (0)">Fit</button>
        ${journal.live && html`<button class="button small" type="button" aria-pressed=${following ? 'true' : 'false'} onClick=${() => { window.follow(!following); changed(); }}>Follow</button>`}
      </header>
      <div class="lanes">
        <canvas ref=${canvas} data-testid="timeline" tabindex="0" role="application" aria-roledescription="timeline"
          aria-label="Timeline of the conversation" aria-describedby="timeline-keys"
          onPointerDown=${hands.down} onPointerMove=${hands.move} onPointerUp=${hands.up} onPointerCancel=${hands.up}
          onPointerLeave=${() => hands.leave()} onKeyDown=${hands.key}></canvas>
      </div>
      <p class="spot small" aria-live="polite" data-testid="timeline-spot">${spot?.text ?? ''}</p>
      <p id="timeline-keys" class="small soft keys">Wheel or + and − zoom, drag moves, ← and → go from event to event (with Shift they move), Enter selects, 0 shows all. The event log below tells the same in words.</p>
    </section>`;
}

/** What pointers, wheel and keys do. */
class Hands {
  #stage;
  #changed;
  #tell;
  #select;
  #pointers = new Map();
  #dragged = 0;
  #at = { at: 0, seq: null };

  constructor(stage, changed, tell, select) {
    this.#stage = stage;
    this.#changed = changed;
    this.#tell = tell;
    this.#select = select;
  }

  get #window() {
    return this.#stage.current.props.window;
  }

  #spot({ offsetX, offsetY }) {
    const { scale, place, props: { journal } } = this.#stage.current;
    return offsetX < place.left ? null : spotAt(offsetX, offsetY, { digest: journal.digest, journal, scale, place });
  }

  wheel = event => {
    const { scale } = this.#stage.current;
    const out = event.deltaY > 0 && this.#window.fits;
    if (out && !event.ctrlKey) {
      return; // All is in view: the page may scroll.
    }
    event.preventDefault();
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey) {
      this.#window.pan((event.deltaX || event.deltaY) * scale.perPixel);
    } else {
      this.#window.zoom(Math.exp(event.deltaY * WHEEL * (event.ctrlKey ? 4 : 1)), scale.at(event.offsetX));
    }
    this.#changed();
  };

  down = event => {
    event.currentTarget.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, event.offsetX);
    this.#dragged = 0;
  };

  move = event => {
    const before = this.#pointers.get(event.pointerId);
    if (before === undefined) {
      this.#tell(this.#spot(event));
      return;
    }
    const { scale, place, props: { replay } } = this.#stage.current;
    const moved = event.offsetX - before;
    this.#dragged += Math.abs(moved);
    if (this.#dragged < CLICK_PIXELS) {
      return;
    }
    const [one, other] = [...this.#pointers.values()];
    this.#pointers.set(event.pointerId, event.offsetX);
    if (other !== undefined) {
      const [left, right] = [...this.#pointers.values()];
      this.#window.zoom(Math.abs(one - other) / Math.max(1, Math.abs(left - right)), scale.at((left + right) / 2));
    } else if (event.offsetY < place.ruler) {
      replay.seek(scale.at(event.offsetX));
    } else {
      this.#window.pan(-moved * scale.perPixel);
    }
    this.#changed();
  };

  up = event => {
    const held = this.#pointers.delete(event.pointerId);
    if (!held || this.#dragged >= CLICK_PIXELS || event.type === 'pointercancel') {
      return;
    }
    const { scale, place, props: { replay, journal } } = this.#stage.current;
    if (event.offsetY < place.ruler && !journal.live) {
      replay.seek(scale.at(event.offsetX));
      return;
    }
    const spot = this.#spot(event);
    if (spot) {
      this.#at = spot;
      this.#tell(spot);
      if (spot.seq !== null && spot.seq !== undefined) {
        this.#select(spot.seq);
      }
    }
  };

  leave() {
    this.#tell(null);
  }

  key = event => {
    const window = this.#window;
    const middle = (window.from + window.to) / 2;
    const length = window.to - window.from;
    const { selected, journal } = this.#stage.current.props;
    const actions = {
      '+': () => window.zoom(1 / STEP, middle), '=': () => window.zoom(1 / STEP, middle), '-': () => window.zoom(STEP, middle),
      0: () => window.fit(), f: () => window.fit(),
      Home: () => this.#go(journal.entries[0]), End: () => this.#go(journal.entries.at(-1)),
      Enter: () => this.#at.seq !== null && this.#select(this.#at.seq),
      ArrowLeft: () => (event.shiftKey ? window.pan(-length / 8) : this.#step(selected, -1)),
      ArrowRight: () => (event.shiftKey ? window.pan(length / 8) : this.#step(selected, 1)),
    };
    const act = !event.ctrlKey && !event.metaKey && !event.altKey && actions[event.key];
    if (act) {
      event.preventDefault();
      act();
      this.#changed();
    }
  };

  #step(selected, step) {
    const { journal } = this.#stage.current.props;
    const from = this.#at.seq === null && selected !== null ? { at: 0, seq: selected } : this.#at;
    this.#go(neighbour(journal, from, step));
  }

  #go(entry) {
    if (entry) {
      this.#at = { at: entry.at, seq: entry.seq };
      this.#window.following = false;
      this.#window.show(entry.at);
      this.#tell({ ...this.#at, text: `${clock(entry.at)}  ${described(entry)}` });
    }
  }
}
