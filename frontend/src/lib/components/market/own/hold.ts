// Taking hold of own orders by pointer and keyboard, wherever they are shown.

import type { Order } from '$lib/gen/orders_pb';
import type { OwnOrders } from './own-orders.svelte';

/** A hand that shakes moves no order. */
const MOVED_PX = 4;

/** How the last press on one was made: what follows as a click is judged by it. */
let press = { touched: false, dragged: false };

/** Follows the pointer until it lets go, which sends them to the price it is at then. Esc lets go of them. */
export function grab(
  event: PointerEvent,
  own: OwnOrders,
  orders: readonly Order[],
  priceAt: (event: PointerEvent) => number | undefined,
): void {
  press = { touched: event.pointerType === 'touch', dragged: false };
  if (event.button !== 0) return;
  const held = event.currentTarget as HTMLElement;
  const { clientX, clientY, pointerId } = event;
  const ending = new AbortController();
  const { signal } = ending;
  held.setPointerCapture(pointerId);

  const end = (sent: boolean) => {
    ending.abort();
    own.dragging = false;
    if (!press.dragged) return;
    if (sent) own.move();
    if (!own.question && !own.busy) own.drop();
  };
  const follow = (moved: PointerEvent) => {
    const near = Math.hypot(moved.clientX - clientX, moved.clientY - clientY) < MOVED_PX;
    if (near && !press.dragged) return;
    press.dragged = own.dragging = true;
    own.choose(orders);
    own.to(priceAt(moved));
  };
  const letGo = (pressed: KeyboardEvent) => {
    if (pressed.key !== 'Escape') return;
    pressed.preventDefault();
    pressed.stopPropagation();
    end(false);
  };
  held.addEventListener('pointermove', follow, { signal });
  held.addEventListener('pointerup', () => end(true), { signal });
  held.addEventListener('lostpointercapture', () => end(false), { signal });
  addEventListener('keydown', letGo, { signal, capture: true });
}

/** A click cancels them. A finger, which hits its neighbour as well, only chooses them; so does none that dragged. */
export function clicked(own: OwnOrders, orders: readonly Order[]): void {
  const { touched, dragged } = press;
  press = { touched: false, dragged: false };
  if (dragged) return;
  if (touched) own.choose(orders);
  else own.cancel(orders);
}

/** Arrows move them (ten ticks with Shift), Enter sends them there, Delete cancels them, Esc lets go of them. */
export function onOwnKeydown(event: KeyboardEvent, own: OwnOrders, orders: readonly Order[]): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const steps = event.shiftKey ? 10 : 1;
  const action: Record<string, () => void> = {
    ArrowUp: () => own.step(steps),
    ArrowDown: () => own.step(-steps),
    Delete: () => own.cancel(orders),
    Backspace: () => own.cancel(orders),
    Escape: () => own.drop(),
  };
  if (own.target !== undefined) action['Enter'] = () => own.move();
  const act = action[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  const isStep = event.key.startsWith('Arrow');
  if (event.repeat && !isStep) return;
  if (event.key !== 'Escape') own.choose(orders);
  act();
}
