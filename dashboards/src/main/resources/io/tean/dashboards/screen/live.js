// Keeps a page current without reloading it: a board on a wall must also survive the time in which the service is away.
"use strict";

const everyMillis = 5000;
const silent = document.getElementById("silent");

async function refresh() {
  try {
    const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(everyMillis) });
    if (!answer.ok) {
      throw new Error(`answered ${answer.status}`);
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (page.documentElement.dataset.style !== document.documentElement.dataset.style) {
      location.reload(); // another version of the service, with another style sheet
      return;
    }
    document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
    document.title = page.title;
    silent.hidden = true;
  } catch {
    silent.hidden = false;
  }
  setTimeout(refresh, everyMillis);
}

setTimeout(refresh, everyMillis);
