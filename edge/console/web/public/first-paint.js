// Runs before the first paint, so that nobody sees the other theme or language flash by.
;(function () {
  var kept = {}
  try {
    kept = JSON.parse(localStorage.getItem('tollgate.preferences') || '{}')
  } catch {
    kept = {}
  }
  var root = document.documentElement
  var dark = kept.theme === 'dark' || (kept.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.dataset.theme = dark ? 'dark' : 'light'
  root.classList.toggle('dark', dark)
  root.lang = kept.language || (/^zh/i.test(navigator.language) ? 'zh-CN' : 'en')
})()
