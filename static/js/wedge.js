// A scanner that types: whatever comes faster than a person's keys, wherever the focus is.
//
// It reads event.code, because under an input method event.key says only "Process"; and event.timeStamp,
// because a page that was busy for a moment gets many keys at once.

const WHOLE = /[0-9]{24}$/;
const FEWEST = 6; // less than this in one burst is a person at the keyboard
const FEWEST_IN_FIELD = 12; // a quick typist in a form must not become a scan
const MOST = 1000;
const BURST_MS = 80; // on average: a radio scanner stumbles now and then
const QUIET_MS = 150;
const FORGET_MS = 500;
const ENDS = ["Enter", "NumpadEnter", "Tab"];
const SHIFTED = ")!@#$%^&*(";
const MARKS = {
  Slash: "/?", Period: ".>", Comma: ",<", Semicolon: ";:", Quote: "'\"", Minus: "-_", Equal: "=+",
  BracketLeft: "[{", BracketRight: "]}", Backslash: "\\|", Backquote: "`~",
  NumpadDivide: "//", NumpadDecimal: "..", NumpadSubtract: "--", NumpadAdd: "++", NumpadMultiply: "**",
};
const TYPED_INTO = "textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=file], [type=submit])";

let text = ""; // what has been typed without a pause
let pauses = []; // before which of its signs there was a stumble
let startAt = 0;
let lastAt = -Infinity;
let endedAt = -Infinity;
let silence = null;
let field = null; // the field under it, and what stood there before
let isComposing = false;
let tell = null;

/** Call `onScan(code)` for every code that a scanner types: 24 digits, or whatever else it was, as it was. */
export function listen(onScan) {
  tell = onScan;
  document.addEventListener("keydown", onKey, true);
  document.documentElement.dataset.listens = "";
}

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const sign = signOf(event);
  const isEnd = ENDS.includes(event.code) && !isTaken(event);
  if (sign === null && !isEnd) return;
  const apart = event.timeStamp - lastAt;
  clearTimeout(silence);
  if (apart > (WHOLE.test(text) ? QUIET_MS : FORGET_MS)) conclude();
  if (apart > BURST_MS) pauses.push(text.length);
  if (!text) startAt = event.timeStamp;
  lastAt = event.timeStamp;
  isComposing = event.isComposing;
  if (isEnd) onEnd(event, apart);
  else onSign(event, sign, apart);
  if (text) silence = setTimeout(conclude, WHOLE.test(text) ? QUIET_MS : FORGET_MS);
}

function onSign(event, sign, apart) {
  // a key of the page's own may have led into a field: what a person types there is the field's
  if (!text || (!field && apart > BURST_MS)) field = fieldUnder(event.target);
  text = (text + sign).slice(-MOST);
  // outside a field a digit is a scanner's; inside it may be a person's until the code is whole
  if (!field && (/[0-9]/.test(sign) || apart < BURST_MS)) event.preventDefault();
}

// Some scanners end with two Enters, and any Enter would press the button that has the focus.
function onEnd(event, apart) {
  const isOfScan = isScan() || event.timeStamp - endedAt < FORGET_MS || (!field && text && apart < BURST_MS);
  if (isOfScan) {
    event.preventDefault();
    event.stopPropagation();
  }
  conclude();
}

function conclude() {
  clearTimeout(silence);
  if (isScan()) send();
  else forget();
}

function isScan() {
  if (WHOLE.test(text)) return true;
  const isFast = lastAt - startAt < text.length * BURST_MS;
  const isHeld = new Set(text).size < 2; // one key held down repeats as fast as a scanner types
  return isFast && !isHeld && text.length >= (field ? FEWEST_IN_FIELD : FEWEST);
}

function send() {
  const code = codeIn(text, pauses);
  const under = field;
  endedAt = lastAt;
  forget();
  if (under) putBack(under);
  tell(code);
}

// An address is ours by the 24 digits at its end, and digits are after a pause. Others are told whole: two codes may
// be glued together.
function codeIn(whole, pauses) {
  const address = /(?:^|[^0-9])([0-9]{24})$/.exec(whole);
  const after = pauses.map((at) => whole.slice(at)).find((digits) => /^[0-9]{24}$/.test(digits));
  return address?.[1] ?? after ?? whole;
}

function forget() {
  text = "";
  pauses = [];
  field = null;
}

function signOf(event) {
  const { code, shiftKey } = event;
  const [, kind, name] = /^(Digit|Numpad|Key)([0-9A-Z])$/.exec(code) ?? [];
  if (kind !== "Digit" && isTaken(event)) return null;
  if (kind === "Key") return shiftKey ? name : name.toLowerCase();
  if (kind) return shiftKey && kind === "Digit" ? SHIFTED[name] : name;
  return MARKS[code]?.[Number(shiftKey)] ?? null;
}

// An input method has taken this key for a word that somebody is writing, and may name it wrongly. The digits
// that it takes are a scan's all the same; a wrong one is found by the check digits.
function isTaken({ key, code }) {
  return key === "Process" && !code.startsWith("Numpad");
}

function fieldUnder(target) {
  return target.matches?.(TYPED_INTO) ? { target, value: target.value } : null;
}

// What the scanner typed into somebody's field goes again; an input method may add to it at the very end.
function putBack({ target, value }) {
  const clear = () => {
    if (target.value === value) return;
    target.value = value;
    target.dispatchEvent(new Event("input", { bubbles: true }));
  };
  clear();
  if (isComposing) target.addEventListener("compositionend", () => setTimeout(clear), { once: true });
}
