// Runs before the first paint, so that the page never flashes in the wrong theme.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem('exchange.theme');
  } catch (refused) {
    // Storage is switched off: follow the system.
  }
  var dark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.classList.toggle('dark', dark);
})();
