// Says two minutes ahead that the session is about to end, and offers to stay (WCAG 2.2.1).
// When it has ended the page goes too: what stands on it is not for whoever passes by.
(function () {
  const WARN = 120
  const mark = document.querySelector('meta[name="session-idle"]')
  if (!mark) return

  const idle = Number(mark.content)
  const box = document.querySelector('[data-session-warning]')
  const form = box.querySelector('form')
  const tabs = new BroadcastChannel('session')
  let seen = Date.now()
  let before = null // what had the focus when the warning took it

  function stay () {
    seen = Date.now()
    if (!box.hidden) {
      box.hidden = true
      if (before) before.focus()
    }
  }

  function here () {
    stay()
    tabs.postMessage('seen')
  }

  function look () {
    const left = idle - (Date.now() - seen) / 1000
    if (left <= 0) {
      location.reload()
    } else if (left <= WARN && box.hidden) {
      before = document.activeElement
      box.hidden = false
      form.querySelector('button').focus()
    }
  }

  form.addEventListener('submit', async event => {
    event.preventDefault()
    try {
      const answer = await fetch(form.action, { method: 'POST', body: new FormData(form), redirect: 'manual' })
      if (answer.ok) here()
      else location.reload()
    } catch {
      box.querySelector('[data-session-words]').textContent = 'Geen verbinding. Probeer het nog eens.'
    }
  })
  document.addEventListener('draft-kept', here)
  tabs.addEventListener('message', stay)
  tabs.postMessage('seen')
  document.addEventListener('visibilitychange', () => { if (!document.hidden) look() })
  setInterval(look, 1000)
})()
