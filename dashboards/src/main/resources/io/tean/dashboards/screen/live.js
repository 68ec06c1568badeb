// Keeps an open page true. The service says on one stream of events what has changed; a region of the page that declares what it depends on
// (data-live) is fetched anew by htmx, which it asks for with hx-trigger="tean-<topic> from:body, tean-all from:body". A region needs an id.
"use strict";

const silentMillis = 8000; // a beat comes every three seconds
const pollMillis = 5000;
const spreadMillis = 500; // 500 pages that hear the same do not ask in the same instant
const apartMillis = 1000; // between two fetches of one region
const urgentSpreadMillis = 40; // somebody is in danger: the boards of a city are few
const urgentApartMillis = 150; // of a region with data-urgent
const againMillis = 1000; // until a region that is held is tried again
const timeoutMillis = 10000; // of a fetch
const pressMillis = 1500; // a finger that rests longer holds nothing up

const body = document.body;
const root = document.documentElement;

/* ---- What is wrong, and the banners that say so. ---- */

const wrong = { stream: false, database: false, fetch: false };

function say(changes) {
  Object.assign(wrong, changes);
  const stream = document.getElementById("lost-stream");
  const database = document.getElementById("lost-database");
  if (stream) {
    // While we poll, a fetch that works is as good as a stream; while the database is away, that is said and enough.
    stream.hidden = !((wrong.stream && !polling) || (wrong.fetch && !wrong.database));
  }
  if (database) {
    database.hidden = !wrong.database;
  }
}

/* ---- The stream. ---- */

let source = null;
let heardAt = Date.now(); // of any event; also shows that this machine slept
let polling = null;
let polls = 0;
let leaving = false;

function listen() {
  hangUp();
  if (leaving) {
    return;
  }
  heardAt = Date.now();
  const stream = new EventSource(body.dataset.events);
  source = stream;
  const on = (name, act) =>
    stream.addEventListener(name, (event) => {
      if (stream === source) {
        heardAt = Date.now();
        act(event.data);
      }
    });
  on("hello", greeted);
  on("beat", () => say({ stream: false }));
  on("change", announce);
  on("resync", () => announce("all"));
  on("database", (state) => say({ database: state === "away" }));
  on("early-alarm", (data) => warn(JSON.parse(data)));
  on("early-stored", stored);
  on("end", ended);
  stream.addEventListener("error", () => {
    if (stream !== source) {
      return;
    }
    say({ stream: true });
    // Refused, too many for example: the browser does not try again by itself. A connection that broke it opens anew.
    if (stream.readyState === EventSource.CLOSED) {
      hangUp();
      poll();
    }
  });
}

function hangUp() {
  if (source) {
    source.close();
    source = null;
  }
}

function greeted(data) {
  const { version, database } = JSON.parse(data);
  clearInterval(polling);
  polling = null;
  say({ stream: false, database: !database });
  renewed(version);
  // Also the first time: something may have changed since the page was made.
  announce("all");
}

function ended(reason) {
  hangUp();
  if (reason === "shutdown") {
    say({ stream: true });
    setTimeout(listen, 1000 + Math.random() * 2000);
  } else {
    login();
  }
}

function poll() {
  if (polling) {
    return;
  }
  announce("all");
  polling = setInterval(() => {
    announce("all");
    polls += 1;
    if (!source && polls % 3 === 0) {
      listen(); // another tab may have been closed meanwhile
    }
  }, pollMillis);
  say({});
}

/** Another version of the service has other styles and scripts. Not more than once a minute: two instances may answer in turns. */
function renewed(version) {
  const key = "tean-renewed";
  if (version === root.dataset.style || edited(document) || Date.now() - Number(sessionStorage.getItem(key)) < 60000) {
    return;
  }
  sessionStorage.setItem(key, String(Date.now()));
  leave(() => location.reload());
}

function login() {
  const next = encodeURIComponent(location.pathname + location.search);
  leave(() => location.assign(`${body.dataset.login}?next=${next}`));
}

function leave(go) {
  if (!leaving) {
    leaving = true;
    hangUp();
    go();
  }
}

/* ---- What changed. ---- */

const announced = new Set();

function announce(topic) {
  if (announced.has(topic) || announced.has("all")) {
    return;
  }
  announced.add(topic);
  setTimeout(() => {
    announced.delete(topic);
    body.dispatchEvent(new CustomEvent(`tean-${topic}`));
  }, Math.random() * (topic === "case" ? urgentSpreadMillis : spreadMillis));
}

/* ---- The regions. ---- */

const fetchedAt = new Map(); // by id, when the last fetch began
const fetching = new Set(); // ids
const owed = new Map(); // by id, the timer of a fetch that comes later
const touched = new WeakSet(); // fields that somebody typed into
const focused = new Map(); // by id, finds again what had the focus inside
const unfolded = new Map(); // by id, the ids of the details inside that somebody opened
let pressed = null; // the element that a pointer is on
let pressedAt = 0;

function regionOf(element) {
  return element instanceof Element && element.id && element.matches("[data-live]") ? element : null;
}

function edited(within) {
  return [...within.querySelectorAll("input, textarea, select")].some((field) => {
    if (!touched.has(field)) {
      return false;
    }
    if (field instanceof HTMLSelectElement) {
      return [...field.options].some((option) => option.selected !== option.defaultSelected);
    }
    return field.type === "checkbox" || field.type === "radio"
      ? field.checked !== field.defaultChecked
      : field.value !== field.defaultValue;
  });
}

/**
 * Finds the counterpart of what had the focus in what has replaced its region; htmx itself does so for elements with an id. A button is the
 * same only where its words are and what it belongs to has an id: who presses Enter must never set off its neighbour.
 */
function counterpart(element, region) {
  if (!region.contains(element) || element.id) {
    return null;
  }
  if (element.matches("a[href]")) {
    const link = `a[href="${CSS.escape(element.getAttribute("href"))}"]`;
    return () => document.getElementById(region.id)?.querySelector(link);
  }
  const home = element.closest("details[id], fieldset[id]")?.id;
  const same = (other) => other.localName === element.localName && other.textContent === element.textContent;
  return home ? () => [...(document.getElementById(home)?.querySelectorAll("summary, button") ?? [])].find(same) : null;
}

/** Whether somebody works in the region, so that it must not be swapped now. */
function held(region) {
  if (pressed && region.contains(pressed) && Date.now() - pressedAt < pressMillis) {
    return true;
  }
  const active = document.activeElement;
  if (active && region.contains(active) && active.matches("input, textarea, select, [contenteditable]")) {
    return true;
  }
  const selection = getSelection();
  const selected = selection && !selection.isCollapsed && selection.rangeCount > 0;
  if (selected && selection.getRangeAt(0).intersectsNode(region)) {
    return true;
  }
  return region.querySelector("dialog[open]") !== null || edited(region);
}

function owe(id, millis) {
  if (owed.has(id)) {
    return;
  }
  const later = () => {
    owed.delete(id);
    const region = document.getElementById(id);
    if (regionOf(region) && !leaving) {
      htmx.ajax("GET", region.getAttribute("hx-get"), { source: region }).catch(() => {});
    }
  };
  owed.set(id, setTimeout(later, millis));
}

function under(id) {
  return fetching.has(id) && Date.now() - fetchedAt.get(id) < timeoutMillis + 5000;
}

// Before htmx queues: a request that waits for another one of the same region is lost when that one replaces the region.
body.addEventListener("htmx:confirm", (event) => {
  const region = regionOf(event.detail.elt);
  if (!region) {
    return;
  }
  const since = Date.now() - (fetchedAt.get(region.id) ?? 0);
  const urgent = "urgent" in region.dataset;
  const again = urgent ? urgentApartMillis : againMillis;
  const apart = urgent ? urgentApartMillis : apartMillis;
  const wait = held(region) || under(region.id) ? again : apart - since;
  if (wait > 0 || leaving) {
    event.preventDefault();
    owe(region.id, Math.max(wait, 0));
  }
});

body.addEventListener("htmx:configRequest", (event) => {
  if (regionOf(event.detail.elt)) {
    event.detail.timeout = timeoutMillis;
  }
});

body.addEventListener("htmx:beforeRequest", (event) => {
  const region = regionOf(event.detail.requestConfig.elt);
  if (region) {
    fetching.add(region.id);
    fetchedAt.set(region.id, Date.now());
  }
});

body.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig, pathInfo } = event.detail;
  const region = regionOf(requestConfig.elt);
  if (!region || !event.detail.shouldSwap) {
    return;
  }
  const answered = new URL(xhr.responseURL || location.href, location.href);
  if (answered.pathname !== new URL(pathInfo.finalRequestPath, location.href).pathname) {
    event.detail.shouldSwap = false;
    if (answered.pathname === body.dataset.login) {
      login();
    } else {
      leave(() => location.reload()); // the service leads to where this account has to go first
    }
    return;
  }
  const style = /<html[^>]* data-style="([^"]*)"/.exec(xhr.responseText);
  if (style) {
    renewed(style[1]);
  }
  if (!xhr.responseText.includes(`id="${region.id}"`)) {
    event.detail.shouldSwap = false; // there would be nothing in its place
  } else if (held(region)) {
    event.detail.shouldSwap = false;
    owe(region.id, againMillis);
  } else {
    focused.set(region.id, counterpart(document.activeElement, region));
    unfolded.set(region.id, [...region.querySelectorAll("details[open][id]")].map((details) => details.id));
  }
});

// The region itself may be gone by now, and the event comes from what stood around it.
body.addEventListener("htmx:afterRequest", (event) => {
  const { xhr, requestConfig } = event.detail;
  const region = regionOf(requestConfig.elt);
  if (!region) {
    return;
  }
  fetching.delete(region.id);
  if (xhr.status >= 200 && xhr.status < 400) {
    say({ fetch: false });
  } else if (xhr.status === 401) {
    login();
  } else if (xhr.status === 0 || xhr.status >= 500 || xhr.status === 429) {
    say({ fetch: true });
    owe(region.id, 3000 + Math.random() * 2000);
  }
  for (const id of unfolded.get(region.id) ?? []) {
    document.getElementById(id)?.setAttribute("open", "");
  }
  unfolded.delete(region.id);
  const find = focused.get(region.id);
  focused.delete(region.id);
  if (find && (document.activeElement === body || !document.activeElement)) {
    find()?.focus({ preventScroll: true });
  }
});

// A press whose element is replaced before it ends is no click.
document.addEventListener("pointerdown", (event) => {
  pressed = event.target;
  pressedAt = Date.now();
});
for (const name of ["pointerup", "pointercancel"]) {
  document.addEventListener(name, () => {
    pressed = null;
  });
}

for (const name of ["input", "change"]) {
  document.addEventListener(name, (event) => touched.add(event.target));
}

/* ---- Emergencies that are not stored yet: told at once, shown until the lists have them. ---- */

const warned = new Set(); // ids of notices: none is shown twice

function warn(alarm) {
  const place = document.getElementById("early-alarms");
  if (!place || warned.has(alarm.id)) {
    return;
  }
  warned.add(alarm.id);
  const chinese = root.lang.startsWith("zh");
  const at = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "medium" });
  const line = document.createElement("p");
  line.className = "banner ill";
  line.dataset.notice = alarm.id;
  for (const [element, text] of [
    ["strong", place.dataset.lead],
    ["strong", chinese ? alarm.zh : alarm.en],
    ["span", alarm.code],
    ["time", at.format(new Date(alarm.at))],
  ]) {
    const part = document.createElement(element);
    part.textContent = text;
    line.append(part);
  }
  place.prepend(line);
  place.hidden = false;
  ring();
}

function stored(notice) {
  const place = document.getElementById("early-alarms");
  announce("alert");
  // The lists are fetched within this time; the banner goes when they have the alert.
  setTimeout(() => {
    place?.querySelector(`[data-notice="${CSS.escape(notice)}"]`)?.remove();
    if (place) {
      place.hidden = place.childElementCount === 0;
    }
  }, spreadMillis + apartMillis);
}

/* ---- The sound of new emergencies, on the page of the alerts. ---- */

const soundButton = document.getElementById("sound");
let sound = null; // AudioContext
let alarms = null; // those that were there at the last look

function ring() {
  if (!soundButton || !sound || sound.state !== "running") {
    return;
  }
  const begin = sound.currentTime;
  for (const [offset, pitch] of [[0, 880], [0.22, 660], [0.44, 880]]) {
    const tone = sound.createOscillator();
    const loudness = sound.createGain();
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(0.25, begin + offset);
    loudness.gain.exponentialRampToValueAtTime(0.001, begin + offset + 0.2);
    tone.connect(loudness).connect(sound.destination);
    tone.start(begin + offset);
    tone.stop(begin + offset + 0.2);
  }
  soundButton.dataset.rung = String(Number(soundButton.dataset.rung ?? 0) + 1);
}

/** Rings for emergencies that were not there at the last look; what was there when the page was opened can be seen. */
function look() {
  const region = document.getElementById("alarms");
  if (!region) {
    return;
  }
  const now = new Set(region.dataset.alarms.split(" ").filter(Boolean));
  if (alarms && [...now].some((alarm) => !alarms.has(alarm))) {
    ring();
  }
  alarms = now;
}

if (soundButton) {
  sound = new AudioContext();
  const show = () => {
    soundButton.hidden = sound.state === "running";
  };
  sound.addEventListener("statechange", show);
  soundButton.addEventListener("click", () => sound.resume().then(show));
  show();
  look();
  body.addEventListener("htmx:afterSwap", look);
}

/* ---- What was done just now: said once. ---- */

const done = document.getElementById("done");
if (done) {
  const here = new URL(location.href);
  here.searchParams.delete("done");
  history.replaceState(history.state, "", here);
  setTimeout(() => {
    done.classList.add("gone");
    setTimeout(() => done.remove(), 1000);
  }, 6000);
}

/* ---- Begin, and begin anew after every break. ---- */

if (body.dataset.events) {
  listen();
  setInterval(() => {
    if (source && Date.now() - heardAt > silentMillis) {
      say({ stream: true });
      listen();
    }
  }, 1000);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && source && Date.now() - heardAt > silentMillis / 2) {
      listen();
    }
  });
  addEventListener("online", listen);
  addEventListener("pagehide", hangUp);
  addEventListener("pageshow", (event) => {
    if (event.persisted) {
      leaving = false;
      listen();
    }
  });
}
