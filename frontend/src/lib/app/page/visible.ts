/** Works at once and then again and again, but only while someone looks. Returns its end. */
export function whileVisible(work: () => void, everyMs: number): () => void {
  const look = () => {
    if (document.visibilityState === 'visible') work();
  };
  look();
  const timer = setInterval(look, everyMs);
  document.addEventListener('visibilitychange', look);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', look);
  };
}
