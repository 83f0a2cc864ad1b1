// A button with data-print prints the page; without this script it isn't there.
document.addEventListener('DOMContentLoaded', () => {
  document.querySelectorAll('[data-print]').forEach(button => {
    button.hidden = false
    button.addEventListener('click', () => window.print())
  })
})
