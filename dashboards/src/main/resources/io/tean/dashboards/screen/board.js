// The clocks of rescue cases count down by the service's time; on the board, what nobody has taken and a lost connection sound until somebody
// has seen to them. live.js fetches the regions anew.
"use strict";

/* ---- Clocks: the wrong clock of a browser does not matter, nor does one that is set. ---- */

let base = null; // the service's time and this page's, at the same moment

function tell() {
  const region = document.querySelector("[data-now]");
  if (region && (!base || base.region !== region)) {
    base = { region, service: Number(region.dataset.now), here: performance.now() };
  }
}

function two(number) {
  return String(number).padStart(2, "0");
}

function count() {
  tell();
  if (!base) {
    return;
  }
  const now = base.service + performance.now() - base.here;
  for (const clock of document.querySelectorAll("time[data-due]")) {
    const left = Math.trunc((Number(clock.dataset.due) - now) / 1000);
    const size = Math.abs(left);
    const minutes = Math.trunc(size / 60);
    const text = minutes >= 60 ? `${Math.trunc(minutes / 60)}:${two(minutes % 60)}:${two(size % 60)}` : `${minutes}:${two(size % 60)}`;
    clock.textContent = (left < 0 ? "\u2212" : "") + text;
    clock.closest(".clock")?.classList.toggle("over", left <= 0);
  }
}

count();
setInterval(count, 500);

/* ---- The search is one key away. ---- */

document.addEventListener("keydown", (event) => {
  const field = document.querySelector("[data-key]");
  const typing = event.target instanceof Element && event.target.matches("input, textarea, select, [contenteditable]");
  if (field && !typing && event.key === field.dataset.key && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    field.focus();
    field.select();
  }
});

/* ---- Sound. ---- */

const bar = document.getElementById("soundbar");
const everyMillis = 2000; // between two calls

if (bar) {
  const kept = "tean-board-hushed"; // what somebody here has seen, over a reload
  const hush = document.getElementById("sound-hush");
  const audio = new AudioContext();
  let hushed = new Set(JSON.parse(sessionStorage.getItem(kept) ?? "[]"));
  let calling = null;

  const lost = () => ["lost-stream", "lost-database"].filter((id) => document.getElementById(id)?.hidden === false);
  const early = () => [...document.querySelectorAll("#early-alarms [data-notice]")].map((line) => `early ${line.dataset.notice}`);
  const untaken = () => [...document.querySelectorAll("#board [data-untaken]")].map((row) => `case ${row.dataset.case}`);

  const play = () => {
    if (audio.state !== "running") {
      return;
    }
    const begin = audio.currentTime;
    for (const [offset, pitch] of [[0, 880], [0.22, 660], [0.44, 880], [0.66, 660]]) {
      const tone = audio.createOscillator();
      const loudness = audio.createGain();
      tone.frequency.value = pitch;
      loudness.gain.setValueAtTime(0.3, begin + offset);
      loudness.gain.exponentialRampToValueAtTime(0.001, begin + offset + 0.2);
      tone.connect(loudness).connect(audio.destination);
      tone.start(begin + offset);
      tone.stop(begin + offset + 0.2);
    }
    bar.dataset.rung = String(Number(bar.dataset.rung ?? 0) + 1);
  };

  const look = () => {
    const reasons = [...untaken(), ...early(), ...lost()];
    // What is over may come again, and sounds again then.
    hushed = new Set([...hushed].filter((reason) => reasons.includes(reason)));
    sessionStorage.setItem(kept, JSON.stringify([...hushed]));
    const sounds = reasons.some((reason) => !hushed.has(reason));
    bar.dataset.sounding = String(sounds);
    // Only when it changes: to set it is a change that the observer below would hear, for ever.
    if (hush.hidden === sounds) {
      hush.hidden = !sounds;
    }
    if (sounds && !calling) {
      play();
      calling = setInterval(play, everyMillis);
    } else if (!sounds && calling) {
      clearInterval(calling);
      calling = null;
    }
  };

  const show = () => {
    bar.dataset.sound = audio.state === "running" ? "on" : "off";
    look();
    if (calling) {
      play();
    }
  };

  hush.addEventListener("click", () => {
    hushed = new Set([...untaken(), ...early(), ...lost()]);
    look();
  });
  document.getElementById("sound-on").addEventListener("click", () => audio.resume().then(show));
  audio.addEventListener("statechange", show);
  // The lists are swapped by live.js, the banners are shown and hidden by it.
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["hidden"] });
  show();
}
