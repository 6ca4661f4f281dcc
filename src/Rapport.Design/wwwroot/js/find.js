// The command palette: Ctrl+K, "/" or a click on the Find box.
const Wait = 90;
const Kept = 5;
let timer = 0;
let asked = null;

const remembered = () => `rapport.visited.${document.body.dataset.member}`;
const dialog = () => document.getElementById('find-dialog');
const input = () => dialog()?.querySelector('input[name=q]');
const results = () => document.getElementById('find-results');
const add = (to, tag, given) => to.appendChild(Object.assign(document.createElement(tag), given));
const options = () => [...results().querySelectorAll('[role=option]')];

function visited() {
  try { return JSON.parse(localStorage.getItem(remembered())) ?? []; } catch { return []; }
}

/** A page that has a name of its own is remembered, newest first. */
function remember() {
  const page = document.querySelector('[data-visit]');
  if (!page?.dataset.visit) return;
  const here = { href: location.pathname, text: page.dataset.visit, kind: page.dataset.visitKind ?? '' };
  const all = [here, ...visited().filter(visit => visit.href !== here.href)].slice(0, Kept + 1);
  try { localStorage.setItem(remembered(), JSON.stringify(all)); } catch { /* private windows may refuse */ }
}

function showVisited() {
  const list = visited().filter(visit => visit.href !== location.pathname && visit.href?.startsWith('/')).slice(0, Kept);
  const box = results();
  box.replaceChildren();
  if (list.length === 0) {
    add(box, 'p', { textContent: 'Type any scrap: part of a name, an address, some digits, a word of a message.' });
    return;
  }
  const group = add(box, 'div', { role: 'group', ariaLabel: 'Last visited' });
  add(group, 'div', { className: 'find-group', textContent: 'Last visited' });
  for (const visit of list) add(add(group, 'a', { role: 'option', href: visit.href, textContent: visit.text }), 'small', { textContent: visit.kind });
  choose(0);
}

function choose(index) {
  const all = options();
  all.forEach((option, i) => {
    option.id ||= `find-option-${i}`;
    option.tabIndex = -1;
    option.ariaSelected = String(i === index);
  });
  const chosen = all[index];
  if (chosen) {
    input().setAttribute('aria-activedescendant', chosen.id);
    chosen.scrollIntoView({ block: 'nearest' });
  } else input().removeAttribute('aria-activedescendant');
}

function step(by) {
  const all = options();
  if (all.length === 0) return;
  const at = all.findIndex(option => option.ariaSelected === 'true');
  choose((at + by + all.length) % all.length);
}

async function ask() {
  const q = input().value.trim();
  asked?.abort();
  if (q === '') { showVisited(); return; }
  asked = new AbortController();
  try {
    const answer = await fetch(results().dataset.url + encodeURIComponent(q), { signal: asked.signal, headers: { accept: 'text/html' } });
    if (!answer.ok) throw new Error(String(answer.status));
    const html = await answer.text();
    if (input().value.trim() !== q) return;
    results().innerHTML = html;
    choose(0);
  } catch (error) {
    if (error.name === 'AbortError') return;
    results().replaceChildren();
    add(results(), 'p', { textContent: 'No answer. Press Enter to search on a page of its own.' });
  }
}

function open(text) {
  const box = dialog();
  if (!box || box.open) return;
  input().value = text;
  box.showModal();
  input().focus();
  input().select();
  ask();
}

document.addEventListener('rapport:find', event => open(event.detail));

document.addEventListener('click', event => {
  if (event.target.closest?.('#find-results a')) dialog().close();
  if (!dialog() || event.ctrlKey || event.metaKey) return;
  const box = event.target.closest?.('form[data-find]');
  if (!box && !event.target.closest?.('[data-find-open]')) return;
  event.preventDefault();
  open(box?.querySelector('input').value ?? '');
});

document.addEventListener('input', event => {
  if (event.target !== input()) return;
  clearTimeout(timer);
  timer = setTimeout(ask, Wait);
});

document.addEventListener('keydown', event => {
  if (event.target !== input() || event.isComposing) return;
  if (event.key === 'ArrowDown') { event.preventDefault(); step(1); }
  else if (event.key === 'ArrowUp') { event.preventDefault(); step(-1); }
  else if (event.key === 'Enter') {
    const chosen = options().find(option => option.ariaSelected === 'true');
    if (!chosen) return;
    event.preventDefault();
    chosen.click();
  }
});

remember();
document.addEventListener('DOMContentLoaded', () => window.Blazor?.addEventListener?.('enhancedload', remember), { once: true });
