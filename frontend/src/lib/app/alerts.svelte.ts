// Being told of fills by ear, and by the system while the page is not looked at. Both are
// off until they are asked for; the choice is this browser's.

import { Side } from '$lib/gen/orders_pb';
import { recall, remember } from './storage';
import { toasts } from './toasts.svelte';

const KEY = 'exchange.alerts';

interface Choice {
  sound: boolean;
  notify: boolean;
}

const NONE: Choice = { sound: false, notify: false };

class Alerts {
  #choice = $state.raw<Choice>({ ...NONE, ...recall<Choice>(KEY) });
  #context: AudioContext | undefined;

  get sound(): boolean {
    return this.#choice.sound;
  }

  get notify(): boolean {
    return this.#choice.notify && 'Notification' in window && Notification.permission === 'granted';
  }

  setSound(sound: boolean): void {
    this.#choose({ sound });
    // Heard at once, so that one knows what to listen for; a browser lets it sound only after a click.
    if (sound) this.#play(Side.BUY);
  }

  async setNotify(notify: boolean): Promise<void> {
    if (notify && !('Notification' in window)) {
      toasts.refused('No notifications', new Error('This browser has none, or only over https.'));
      return;
    }
    if (notify && (await Notification.requestPermission()) !== 'granted') {
      toasts.refused('No notifications', new Error('The browser does not allow this page to notify.'));
      return;
    }
    this.#choose({ notify });
  }

  fill(side: Side, market: string, text: string): void {
    if (this.sound) this.#play(side);
    if (this.notify && document.visibilityState !== 'visible') {
      new Notification(market, { body: text, icon: '/favicon.svg' });
    }
  }

  #choose(change: Partial<Choice>): void {
    this.#choice = { ...this.#choice, ...change };
    remember(KEY, this.#choice);
  }

  /** Two short tones: rising when bought, falling when sold. */
  #play(side: Side): void {
    const context = (this.#context ??= new AudioContext());
    void context.resume();
    const tones = side === Side.BUY ? [660, 880] : [660, 495];
    tones.forEach((frequency, index) => {
      const start = context.currentTime + index * 0.09;
      const tone = new OscillatorNode(context, { frequency, type: 'sine' });
      const volume = new GainNode(context, { gain: 0 });
      volume.gain.setValueAtTime(0.12, start);
      volume.gain.exponentialRampToValueAtTime(0.001, start + 0.16);
      tone.connect(volume).connect(context.destination);
      tone.start(start);
      tone.stop(start + 0.17);
    });
  }
}

export const alerts = new Alerts();
