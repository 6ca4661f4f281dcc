// An open page hears that it is no longer right, asks for itself anew and takes over what differs. What is in use stays.
const Beat = 10_000, Idle = 20_000, Back = 5_000;
let source = null, heard = 0, line = '', timer = 0, busy = false, next = '', writing = false, typedAt = 0;

const marks = () => [...document.querySelectorAll('[data-live-since]')];
const shown = () => document.querySelector('[data-live]');
const rows = () => [...document.querySelectorAll('main [data-row]')];
// A form's property id may be a field of that name.
const keyOf = node => node.nodeType === 1 ? node.getAttribute('id') || node.dataset.row || node.getAttribute('aria-labelledby') || '' : '';

function dirty(field) {
  if (field.type === 'hidden' || field.type === 'submit') return false;
  if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked;
  if (field.options) return field.selectedIndex !== Math.max([...field.options].findIndex(option => option.defaultSelected), 0);
  return field.value !== field.defaultValue;
}
const inUse = form => form.contains(document.activeElement) || [...form.querySelectorAll('input, select, textarea')].some(dirty);

function morph(old, now) {
  if (old.nodeType !== 1) { if (old.nodeValue !== now.nodeValue) old.nodeValue = now.nodeValue; return; }
  if (old.isEqualNode(now) || old.matches('form') && inUse(old)) return;
  for (const { name, value } of now.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  for (const { name } of [...old.attributes]) if (!now.hasAttribute(name) && name !== 'open') old.removeAttribute(name);
  const keyed = new Map([...old.children].filter(keyOf).map(child => [keyOf(child), child]));
  const kept = new Set([...now.children].map(keyOf));
  let at = old.firstChild;
  const drop = () => { const gone = at; at = at.nextSibling; gone.remove(); };
  for (const child of [...now.childNodes]) {
    const key = keyOf(child);
    while (at && (keyOf(at) ? !kept.has(keyOf(at)) : keyed.has(key))) drop();
    const same = key ? keyed.get(key) : at && !keyOf(at) && at.nodeName === child.nodeName ? at : null;
    if (same && same.nodeName === child.nodeName) {
      if (same === at) at = at.nextSibling;
      else old.insertBefore(same, at);
      morph(same, child);
    } else old.insertBefore(document.importNode(child, true), at);
  }
  while (at) drop();
}

function take(fresh, selector) {
  const focused = document.activeElement, place = rows().indexOf(focused?.closest?.('[data-row]'));
  const from = [...fresh.querySelectorAll(selector)];
  document.querySelectorAll(selector).forEach((part, i) => { if (from[i] ?? from[0]) morph(part, from[i] ?? from[0]); });
  if (document.activeElement !== focused) (focused.isConnected ? focused : rows()[Math.min(place, rows().length - 1)])?.focus({ preventScroll: true });
  document.dispatchEvent(new Event('rapport:live'));
}

/** Something was said since somebody began to write (V10). */
function movedOn(fresh) {
  const seen = fresh.querySelector('[data-live-seen]')?.dataset.liveSeen;
  for (const notice of seen ? document.querySelectorAll('[data-moved-on]') : []) {
    const fields = notice.closest('form').elements;
    const last = fields['Input.SeenLast'].value;
    notice.hidden = last === '' || `${last}/${fields['Input.SeenCount'].value}` === seen;
    notice.dataset.movedOn = seen;
    const newer = [...fresh.querySelectorAll('.message[id]')].filter(message => BigInt(message.id.slice(1)) > BigInt(last || 0));
    notice.querySelector('[data-unseen]')?.replaceChildren(...newer.map(message => document.importNode(message, true)));
  }
}

async function refresh(what) {
  if (busy) { if (next !== 'page') next = what; return; }
  busy = true;
  const [here, page] = [location.href, shown()?.dataset.livePage];
  const rail = document.querySelector('[data-live-rail]')?.dataset.liveRail;
  try {
    const answer = await fetch(what === 'page' ? page ?? here : rail, { headers: { 'Rapport-Live': '1', accept: 'text/html' } });
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (answer.status >= 500) throw new Error();
    if (answer.redirected || here !== location.href) return;
    take(fresh, what === 'page' && !page ? 'main, .rail-count' : '.rail-count');
    if (what === 'page') movedOn(fresh);
  } catch { setTimeout(refresh, Back, what); } finally {
    busy = false;
    const more = next;
    next = '';
    if (more) refresh(more);
  }
}

function close() {
  clearTimeout(timer);
  source?.close();
  [source, line, writing] = [null, '', false];
}

function open() {
  close();
  if (document.hidden || marks().length === 0) return;
  const since = heard || Math.min(...marks().map(mark => Number(mark.dataset.liveSince)));
  source = new EventSource(`/api/live?on=${shown()?.dataset.live ?? ''}&since=${since}`);
  const on = (type, deed) => source.addEventListener(type, event => { heard = Number(event.lastEventId) || heard; deed(event.data); });
  on('message', refresh);
  on('line', id => { line = id; stay(); });
  on('here', words => { for (const place of document.querySelectorAll('[data-here]')) place.textContent = words; });
  source.onerror = () => { if (source?.readyState === EventSource.CLOSED) { close(); timer = setTimeout(open, Back); } };
}

function stay() {
  clearTimeout(timer);
  writing &&= Date.now() - typedAt < Idle;
  if (!line) return;
  timer = setTimeout(stay, Beat);
  fetch(`/api/live/${line}`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ writing }) }).catch(() => {});
}

document.addEventListener('input', event => {
  if (!event.target.form?.elements['Input.SeenLast']) return;
  typedAt = Date.now();
  if (!writing) { writing = true; stay(); }
});

document.addEventListener('click', event => {
  const notice = event.target.closest?.('[data-seen-now]')?.closest('[data-moved-on]');
  if (!notice) return;
  const fields = notice.closest('form').elements;
  [fields['Input.SeenLast'].value, fields['Input.SeenCount'].value] = notice.dataset.movedOn.split('/');
  notice.hidden = true;
});

document.addEventListener('visibilitychange', open);
const another = () => { heard = 0; open(); };
another();
document.addEventListener('DOMContentLoaded', () => window.Blazor?.addEventListener?.('enhancedload', another), { once: true });
