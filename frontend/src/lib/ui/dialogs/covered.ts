// What a keyboard on the screen covers. Some browsers shrink the page for it; others (Safari)
// lay it over the page, and only the visual viewport tells.

export interface Viewport {
  height: number;
  offsetTop: number;
  scale: number;
}

/** Px of the window that are covered from its bottom edge up. Zoomed in, nothing is. */
export function coveredBelow(windowHeight: number, { height, offsetTop, scale }: Viewport): number {
  if (scale > 1.01) return 0;
  return Math.max(0, Math.round(windowHeight - height - offsetTop));
}

/** Tells now, and whenever it changes. Returns how to stop. */
export function watchCovered(tell: (px: number) => void): () => void {
  const viewport = window.visualViewport;
  if (!viewport) return () => {};
  const look = () => tell(coveredBelow(window.innerHeight, viewport));
  look();
  viewport.addEventListener('resize', look);
  viewport.addEventListener('scroll', look);
  return () => {
    viewport.removeEventListener('resize', look);
    viewport.removeEventListener('scroll', look);
  };
}
