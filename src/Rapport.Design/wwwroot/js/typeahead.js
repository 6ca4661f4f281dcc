// Choosing a party by typing, and hints that follow what is typed. Both ask the server for HTML; without it the form works as it is.
const Wait = 140;
const timers = new WeakMap();
const asking = new WeakMap();

function later(key, deed) {
  clearTimeout(timers.get(key));
  timers.set(key, setTimeout(deed, Wait));
}

/** The newest answer wins: an older question is dropped. Null when there is no answer. */
async function ask(key, url) {
  asking.get(key)?.abort();
  const question = new AbortController();
  asking.set(key, question);
  try {
    const answer = await fetch(url, { signal: question.signal, headers: { accept: 'text/html' } });
    return answer.ok ? await answer.text() : null;
  } catch { return null; }
}

const parts = input => {
  const picker = input.closest('[data-picker]');
  return { value: picker.querySelector('input[type=hidden]'), list: picker.querySelector('[role=listbox]') };
};
const options = list => [...list.querySelectorAll('[role=option]')];

function close(input) {
  parts(input).list.hidden = true;
  input.setAttribute('aria-expanded', 'false');
  input.removeAttribute('aria-activedescendant');
}

function choose(input, index) {
  const { list } = parts(input);
  options(list).forEach((option, i) => {
    option.id ||= `${list.id}-${i}`;
    option.ariaSelected = String(i === index);
    if (i !== index) return;
    input.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  });
}

function take(input, option) {
  const { value } = parts(input);
  value.value = option.dataset.value ?? '';
  input.value = option.dataset.label ?? option.textContent.trim();
  close(input);
  value.dispatchEvent(new Event('change', { bubbles: true }));
}

async function suggest(input) {
  const words = input.value.trim();
  const { list } = parts(input);
  if (words === '') { close(input); return; }
  const html = await ask(input, input.dataset.suggestUrl + encodeURIComponent(words));
  if (html === null || input.value.trim() !== words || document.activeElement !== input) return;
  list.innerHTML = html;
  list.hidden = list.childElementCount === 0;
  input.setAttribute('aria-expanded', String(!list.hidden));
  choose(input, -1);
}

async function hint(box, form) {
  const query = new URLSearchParams();
  for (const name of box.dataset.hintFields.split(' ')) {
    const value = new FormData(form).get(name);
    if (typeof value === 'string' && value.trim() !== '') query.set(name, value);
  }
  if ([...query].length === 0) { box.replaceChildren(); return; }
  const url = box.dataset.hintUrl;
  const html = await ask(box, url + (url.includes('?') ? '&' : '?') + query);
  if (html !== null) box.innerHTML = html.trim();
}

/** The hints of the field's form, wherever in the form they stand. */
function hintsFor(field) {
  if (!field.form || !field.name) return;
  for (const box of field.form.querySelectorAll('[data-hint-url]'))
    if (box.dataset.hintFields.split(' ').includes(field.name)) later(box, () => hint(box, field.form));
}

document.addEventListener('input', event => {
  const field = event.target;
  if (field.matches?.('[data-suggest-url]')) {
    parts(field).value.value = '';
    later(field, () => suggest(field));
  }
  hintsFor(field);
});

document.addEventListener('change', event => {
  if (event.target.matches?.('select, input[type=hidden]')) hintsFor(event.target);
});

document.addEventListener('keydown', event => {
  const input = event.target;
  if (!input.matches?.('[data-suggest-url]') || event.isComposing) return;
  const { list } = parts(input);
  if (list.hidden) return;
  const all = options(list);
  const at = all.findIndex(option => option.ariaSelected === 'true');
  if (event.key === 'ArrowDown') { event.preventDefault(); choose(input, (at + 1) % all.length); }
  else if (event.key === 'ArrowUp') { event.preventDefault(); choose(input, (at - 1 + all.length) % all.length); }
  else if (event.key === 'Enter' && at >= 0) { event.preventDefault(); take(input, all[at]); }
  else if (event.key === 'Escape') { event.preventDefault(); close(input); }
});

// Before the input loses the focus to the click.
document.addEventListener('mousedown', event => {
  const option = event.target.closest?.('[data-picker] [role=option]');
  if (!option) return;
  event.preventDefault();
  take(option.closest('[data-picker]').querySelector('[data-suggest-url]'), option);
});

document.addEventListener('focusout', event => {
  if (event.target.matches?.('[data-suggest-url]')) close(event.target);
});

// A page that comes while somebody types takes the hint, or the proposals, with it that were on their way.
function again() {
  const typing = document.activeElement;
  if (typing?.matches('[data-suggest-url]') && parts(typing).value.value === '') later(typing, () => suggest(typing));
  for (const box of document.querySelectorAll('form [data-hint-url]:empty')) later(box, () => hint(box, box.closest('form')));
}
window.Blazor?.addEventListener?.('enhancedload', again);
document.addEventListener('DOMContentLoaded', () => window.Blazor?.addEventListener?.('enhancedload', again), { once: true });
