// Keys for those who use Rapport all day. Everything here presses or follows what is on the page already.
const typing = element => element?.closest?.('input:not([type=checkbox]), textarea, select, [contenteditable]');
const dialogOpen = () => document.querySelector('dialog[open]');
const rows = () => [...document.querySelectorAll('[data-row]')].filter(row => row.offsetParent);
const actions = scope => [...scope.querySelectorAll('[data-key]')].filter(element => (element.closest('details.menu') ?? element).offsetParent);

const Left = 'rapport.row';
let first = '';
let firstTimer = 0;

function press(element) {
  const into = element.hash && element.pathname === location.pathname && document.querySelector(`${element.hash} textarea`);
  if (into) { into.focus(); return; }
  if (element.matches('input:not([type=checkbox]), textarea, select')) element.focus();
  else element.click();
}

/** Ticked rows come first, then the row one is in, ticked for what only ticked rows have, then what stands in no row. */
function find(key) {
  const ticked = document.querySelector('[data-chosen]');
  const forAll = key !== 'x' && ticked?.offsetParent && actions(ticked).find(element => element.dataset.key === key);
  if (forAll) return forAll;
  const row = document.activeElement?.closest?.('[data-row]');
  const inRow = row && actions(row).find(element => element.dataset.key === key);
  const alone = !inRow && row?.querySelector('.tick') && ticked?.querySelector(`[data-key="${key}"]`);
  if (alone) { row.querySelector('.tick').click(); return alone; }
  return inRow ?? actions(document).find(element => element.dataset.key === key && !element.closest('[data-row]'));
}

function move(step) {
  const all = rows();
  if (all.length === 0) return;
  const at = all.indexOf(document.activeElement?.closest?.('[data-row]'));
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1);
  if (!all[next].hasAttribute('tabindex')) all[next].tabIndex = -1;
  all[next].focus();
  all[next].scrollIntoView({ block: 'nearest' });
}

/** A row whose deed was done by keys: after the page has come anew, the one that stands in its place has the focus. */
document.addEventListener('submit', event => {
  const row = event.target.closest('[data-row]');
  if (row && (row === document.activeElement || row.querySelector(':focus-visible'))) sessionStorage.setItem(Left, JSON.stringify([location.pathname, rows().indexOf(row)]));
});

function returnToRow() {
  const [path, at] = JSON.parse(sessionStorage.getItem(Left) ?? '[]');
  sessionStorage.removeItem(Left);
  if (path === location.pathname && document.activeElement === document.body) rows()[Math.min(at, rows().length - 1)]?.focus();
}

function help() {
  const dialog = document.getElementById('keys-help');
  const list = dialog?.querySelector('[data-keys-here]');
  if (!dialog || dialog.open) return;
  const seen = new Set(['c']);
  list.replaceChildren(...actions(document).filter(element => !seen.has(element.dataset.key) && seen.add(element.dataset.key)).map(element => {
    const [line, dt, dd, hint] = ['div', 'dt', 'dd', 'span'].map(tag => document.createElement(tag));
    hint.className = 'key-hint';
    for (const key of element.dataset.key.split(' ')) hint.appendChild(document.createElement('kbd')).textContent = key.toUpperCase();
    dt.append(hint);
    dd.textContent = element.ariaLabel ?? [...element.childNodes].filter(node => !node.matches?.('.key-hint, .avatar, .rail-count')).map(node => node.textContent).join('').trim();
    line.append(dt, dd);
    return line;
  }));
  dialog.showModal();
}

function openFind(text) {
  document.dispatchEvent(new CustomEvent('rapport:find', { detail: text ?? '' }));
}

document.addEventListener('keydown', event => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    openFind();
    return;
  }
  if (event.key === 'Escape') closeMenus(null);
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target) || dialogOpen()) return;

  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (first) {
    const target = find(`${first} ${key}`);
    first = '';
    if (target) { event.preventDefault(); press(target); }
    return;
  }
  if (key === 'j') { event.preventDefault(); move(1); return; }
  if (key === 'k') { event.preventDefault(); move(-1); return; }
  if (key === '/') { event.preventDefault(); openFind(); return; }
  if (key === '?') { event.preventDefault(); help(); return; }
  if (key === 'Enter' && event.target.matches?.('[data-row]')) { event.target.querySelector('a[href]')?.click(); return; }

  // Others call putting away "snooze".
  const target = find(key) ?? (key === 's' ? find('l') : undefined);
  if (target) { event.preventDefault(); press(target); return; }
  if (actions(document).some(element => element.dataset.key.startsWith(key + ' '))) {
    first = key;
    clearTimeout(firstTimer);
    firstTimer = setTimeout(() => { first = ''; }, 1200);
  }
});

function closeMenus(except) {
  for (const menu of document.querySelectorAll('details.menu[open]')) if (menu !== except) menu.open = false;
}

document.addEventListener('click', event => {
  const on = selector => event.target.closest?.(selector);
  closeMenus(on('details.menu'));
  if (on('[data-print]')) window.print();
  if (on('[data-dismiss]')) on('.toast')?.remove();
  const opener = on('button[commandfor]');
  // Browsers that know the command attribute open the dialog themselves.
  if (opener && !('commandForElement' in HTMLButtonElement.prototype)) document.getElementById(opener.getAttribute('commandfor'))?.showModal?.();
  if (event.target instanceof HTMLDialogElement) {
    const box = event.target.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside && event.detail > 0) event.target.close();
  }
});

// A filter applies when it is chosen; words when they are entered.
document.addEventListener('change', event => {
  if (event.target.matches?.('form[data-auto-submit] select, form[data-auto-submit] input[type=checkbox]')) event.target.form.requestSubmit();
});

// Empty filters stay out of the URL.
document.addEventListener('formdata', event => {
  if (!event.target.matches('form[data-auto-submit]')) return;
  for (const [name, value] of [...event.formData]) if (value === '') event.formData.delete(name);
});

returnToRow();
