// A question that must be answered before something that cannot be undone.
import { html, useEffect, useRef } from '../vendor/htm-preact.js';

/** Asked as a modal dialog as soon as it is in the page; Escape and the first button mean no. */
export function Confirm({ title, yes, no, onYes, onNo, children }) {
  const dialog = useRef(null);
  useEffect(() => {
    const { current } = dialog;
    current.showModal();
    return () => current.close();
  }, []);
  const cancelled = event => {
    event.preventDefault();
    onNo();
  };
  return html`
    <dialog class="confirm" ref=${dialog} aria-labelledby="confirm-title" aria-describedby="confirm-text" onCancel=${cancelled}>
      <h2 id="confirm-title">${title}</h2>
      <div id="confirm-text">${children}</div>
      <div class="answers">
        <button class="button" type="button" autofocus onClick=${onNo}>${no}</button>
        <button class="button danger" type="button" data-testid="confirm-yes" onClick=${onYes}>${yes}</button>
      </div>
    </dialog>`;
}
