// On the page behind a rescuer's link: adds the telephone's position to "arrived" where the crew allows it, and sends no step twice.
"use strict";

const patienceMillis = 6000; // the step itself must not wait for a satellite

for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    if ("position" in form.dataset && navigator.geolocation) {
      event.preventDefault();
      const go = () => form.submit();
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          form.elements.latitude.value = coords.latitude.toFixed(6);
          form.elements.longitude.value = coords.longitude.toFixed(6);
          go();
        },
        go,
        { enableHighAccuracy: true, timeout: patienceMillis, maximumAge: 60000 },
      );
    }
  });
}

// Back from the next page the form may be sent again: the service knows what stands recorded.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form")) {
    delete form.dataset.sent;
  }
});
