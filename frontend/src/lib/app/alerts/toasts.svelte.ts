// Short messages that say what happened.

export type Tone = 'done' | 'buy' | 'sell' | 'alert' | 'refused';

export interface Toast {
  id: number;
  /** A later message under the same key takes this one's place. */
  key: string | undefined;
  tone: Tone;
  title: string;
  text: string;
}

const SHOWN_MAX = 3;
const SHOWN_MS: Record<Tone, number> = {
  done: 6_000,
  buy: 7_000,
  sell: 7_000,
  alert: 60_000,
  refused: 10_000,
};

class Toasts {
  list = $state.raw<Toast[]>([]);
  #lastId = 0;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  show(tone: Tone, title: string, text = '', key?: string): void {
    const before = key === undefined ? undefined : this.list.find((toast) => toast.key === key);
    const toast: Toast = { id: before?.id ?? ++this.#lastId, key, tone, title, text };
    this.list = before
      ? this.list.map((other) => (other === before ? toast : other))
      : [...this.list, toast].slice(-SHOWN_MAX);
    clearTimeout(this.#timers.get(toast.id));
    this.#timers.set(
      toast.id,
      setTimeout(() => this.dismiss(toast.id), SHOWN_MS[tone]),
    );
  }

  /** A failure of any kind, with its own sentence. */
  refused(title: string, failure: unknown): void {
    this.show('refused', title, failure instanceof Error ? failure.message : String(failure));
  }

  /** What was told to one user is not for the next. */
  clear(): void {
    for (const { id } of this.list) this.dismiss(id);
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
