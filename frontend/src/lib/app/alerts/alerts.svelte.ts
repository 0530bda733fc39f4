// Being told of fills and of prices by ear, and by the system while the page is not looked at. Both are
// off until they are asked for; the choice is this browser's.

import { pathTo } from '$lib/app/addresses';
import { Side } from '$lib/gen/orders_pb';
import { onStored, recall, remember } from '$lib/app/kept/storage';
import { toasts } from './toasts.svelte';

const KEY = 'exchange.alerts';

interface Choice {
  sound: boolean;
  notify: boolean;
}

/** Short tones, in Hz: rising when bought, falling when sold, and three alike. */
const BOUGHT = [660, 880];
const SOLD = [660, 495];
const REACHED = [784, 784, 784];

const NONE: Choice = { sound: false, notify: false };

const kept = (): Choice => ({ ...NONE, ...recall<Choice>(KEY) });

class Alerts {
  #choice = $state.raw(kept());
  #context: AudioContext | undefined;

  constructor() {
    onStored(KEY, () => (this.#choice = kept()));
  }

  get sound(): boolean {
    return this.#choice.sound;
  }

  get notify(): boolean {
    return this.#choice.notify && 'Notification' in window && Notification.permission === 'granted';
  }

  setSound(sound: boolean): void {
    this.#choose({ sound });
    // Heard at once, so that one knows what to listen for; a browser lets it sound only after a click.
    if (sound) this.#play(BOUGHT);
  }

  async setNotify(notify: boolean): Promise<void> {
    if (notify && !('Notification' in window)) {
      toasts.refused(
        'No notifications',
        new Error('This browser does not support notifications, or allows them only over HTTPS.'),
      );
      return;
    }
    if (notify && (await Notification.requestPermission()) !== 'granted') {
      toasts.refused(
        'No notifications',
        new Error('This browser blocks notifications from this page. Allow them in its settings.'),
      );
      return;
    }
    this.#choose({ notify });
  }

  fill(side: Side, market: string, text: string): void {
    this.#tell(side === Side.BUY ? BOUGHT : SOLD, market, text);
  }

  /** A price that somebody waits for. */
  price(market: string, text: string): void {
    this.#tell(REACHED, market, text);
  }

  #tell(tones: readonly number[], market: string, text: string): void {
    if (this.sound) this.#play(tones);
    if (this.notify && document.visibilityState !== 'visible') {
      new Notification(market, { body: text, icon: pathTo('/favicon.svg') });
    }
  }

  #choose(change: Partial<Choice>): void {
    this.#choice = { ...kept(), ...change };
    remember(KEY, this.#choice);
  }

  #play(tones: readonly number[]): void {
    const context = (this.#context ??= new AudioContext());
    void context.resume();
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
