// The frame of the console: which view is shown, the theme, and what the views share.
import { Component, html, render, useEffect, useRef, useState } from './vendor/htm-preact.js';
import { Talk } from './talk/talk.js';
import { Inspect } from './inspect/inspect.js';
import { Operate } from './operate/operate.js';
import { Journal } from './lib/journal.js';
import { remembered } from './lib/remembered.js';

const VIEWS = { talk: ['Talk', Talk], inspect: ['Inspect', Inspect], operate: ['Operate', Operate] };
const THEMES = { auto: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' };

const system = matchMedia('(prefers-color-scheme: dark)');

function applyTheme(theme) {
  const dark = theme === 'dark' || (theme === 'auto' && system.matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  dispatchEvent(new CustomEvent('themechange'));
}

const viewOf = hash => (Object.hasOwn(VIEWS, hash.slice(1)) ? hash.slice(1) : 'talk');

/** Keeps a view that fails from taking the others with it. */
class Guarded extends Component {
  componentDidCatch(error) {
    reportError(error);
    this.setState({ failed: true });
  }

  render({ label, again, children }, { failed }) {
    const retry = () => {
      again();
      this.setState({ failed: false });
    };
    return failed ? html`
      <div class="notice bad" role="alert" data-testid="view-failed">
        <div>${label} could not be shown. The other views go on. If it happens again, load the page anew.</div>
        <button class="button" type="button" onClick=${retry}>Show it again</button>
      </div>` : children;
  }
}

function Console() {
  const [view, show] = useState(viewOf(location.hash));
  const [theme, setTheme] = useState(remembered.get('theme', 'auto'));
  // The journal is that of the conversation that is held, or of a file that was loaded.
  const [journal, setJournal] = useState(() => new Journal());

  const conversation = useRef(journal);
  if (!journal.source) {
    conversation.current = journal;
  }
  // A file that cannot be shown is put aside.
  const again = { inspect: () => setJournal(conversation.current) };

  useEffect(() => {
    const follow = () => show(viewOf(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  useEffect(() => {
    const apply = () => applyTheme(theme);
    apply();
    remembered.set('theme', theme);
    system.addEventListener('change', apply);
    return () => system.removeEventListener('change', apply);
  }, [theme]);
  useEffect(() => {
    const follow = ({ detail }) => setTheme(detail);
    addEventListener('themewanted', follow); // From a tool of the page.
    return () => removeEventListener('themewanted', follow);
  }, []);
  useEffect(() => { document.title = `${VIEWS[view][0]} · Parley`; }, [view]);

  const next = { auto: 'light', light: 'dark', dark: 'auto' }[theme] ?? 'auto';
  return html`
    <div class="frame">
      <a class="skip" href="#main" onClick=${skip}>Skip to the content</a>
      <header class="masthead">
        <a class="wordmark" href="#talk"><img src="/console/icon.svg" alt="" />Parley</a>
        <nav class="tabs" aria-label="Views">
          ${Object.entries(VIEWS).map(([name, [label]]) => html`
            <a href=${`#${name}`} aria-current=${name === view ? 'page' : undefined}>${label}</a>`)}
        </nav>
        <span class="spring"></span>
        <button class="button quiet small" type="button" onClick=${() => setTheme(next)}>${THEMES[theme] ?? THEMES.auto}</button>
      </header>
      <main id="main" tabindex="-1">
        ${Object.entries(VIEWS).map(([name, [label, View]]) => html`
          <div hidden=${name !== view}>
            <${Guarded} label=${label} again=${again[name] ?? (() => {})}>
              <${View} visible=${name === view} journal=${journal} setJournal=${setJournal} />
            <//>
          </div>`)}
      </main>
    </div>`;
}

function skip(event) {
  event.preventDefault();
  document.getElementById('main').focus();
}

render(html`<${Console} />`, document.getElementById('app'));
