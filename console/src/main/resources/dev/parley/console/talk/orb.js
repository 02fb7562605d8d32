// What the big button and the keys do: begin, hang up, or, in push-to-talk, hold to talk.
import { useEffect, useMemo, useRef } from '../vendor/htm-preact.js';

const FIELDS = 'input, textarea, select, [contenteditable]';
const ELSEWHERE = `${FIELDS}, button, a, summary, [role="button"]`;

/** Handlers for the button; the keys are listened to while the view is visible. */
export function useOrb(conversation, visible) {
  const now = useRef(conversation);
  now.current = conversation;
  const orb = useMemo(() => handlers(now), []);
  useEffect(() => (visible ? listen(orb) : undefined), [visible, orb]);
  return orb;
}

function handlers(now) {
  let byPointer = false;
  const holds = () => now.current?.live === true && now.current.microphone && now.current.pushToTalk;
  return {
    down(event) {
      if (holds() && event.button === 0) {
        byPointer = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        now.current.hold(true);
      }
    },
    up() {
      if (byPointer) {
        now.current?.hold(false);
      }
    },
    click(_event, start) {
      const conversation = now.current;
      if (byPointer) {
        byPointer = false; // The click that ends a hold.
      } else if (!conversation?.active) {
        start();
      } else if (!conversation.live) {
        conversation.end();
      } else if (!conversation.microphone) {
        start.afresh();
      } else if (conversation.pushToTalk) {
        conversation.hold(!conversation.held); // As screen readers and switches press it.
      } else {
        conversation.end();
      }
    },
    release() {
      now.current?.hold(false);
    },
    /** Whether the key was used. */
    key(down, event) {
      if (event.key === 'Escape' && down && now.current?.live) {
        now.current.interrupt();
        return true;
      }
      const onOrb = event.target.closest?.('[data-orb]') !== null;
      const mine = event.key === ' ' || (event.key === 'Enter' && onOrb);
      if (!mine || !holds() || (!onOrb && event.target.closest?.(ELSEWHERE))) {
        return false;
      }
      if (!event.repeat) {
        now.current.hold(down);
      }
      return true;
    },
  };
}

function listen(orb) {
  const key = down => event => {
    if (!event.isComposing && !event.ctrlKey && !event.metaKey && !event.altKey && orb.key(down, event)) {
      event.preventDefault();
    }
  };
  const keydown = key(true);
  const keyup = key(false);
  addEventListener('keydown', keydown);
  addEventListener('keyup', keyup);
  addEventListener('blur', orb.release);
  document.addEventListener('visibilitychange', orb.release);
  return () => {
    orb.release();
    removeEventListener('keydown', keydown);
    removeEventListener('keyup', keyup);
    removeEventListener('blur', orb.release);
    document.removeEventListener('visibilitychange', orb.release);
  };
}
