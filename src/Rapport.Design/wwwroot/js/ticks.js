// Ticking rows: a click with Shift ticks all between, and how many are ticked is said.
let last = null;

const ticks = () => [...document.querySelectorAll('input.tick')];

function say() {
  const place = document.querySelector('[data-chosen-count]');
  const count = ticks().filter(tick => tick.checked).length;
  if (place) place.textContent = count === 0 ? '' : `${count} chosen`;
}

document.addEventListener('click', event => {
  const tick = event.target.closest?.('input.tick');
  if (!tick) return;
  const all = ticks();
  const [from, to] = [all.indexOf(last), all.indexOf(tick)].sort((a, b) => a - b);
  if (event.shiftKey && from >= 0) for (const between of all.slice(from, to + 1)) between.checked = tick.checked;
  last = tick;
  say();
});

document.addEventListener('keydown', event => {
  if (event.key !== 'Escape' || document.querySelector('dialog[open]')) return;
  for (const tick of ticks()) tick.checked = false;
  say();
});

document.addEventListener('rapport:live', say);
// Some browsers keep ticks when one comes back.
say();
