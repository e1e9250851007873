// The board's alarm can be heard while somebody must be telephoned. Browsers allow it once the page was touched.
"use strict";

let sound = null;

function ring() {
  if (!document.querySelector("[data-alarm]")) return;
  sound ??= new AudioContext();
  const tone = sound.createOscillator();
  const volume = sound.createGain();
  volume.gain.value = 0.2;
  tone.frequency.value = 880;
  tone.connect(volume).connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + 0.4);
}

document.addEventListener("htmx:afterSettle", ring);
document.addEventListener("pointerdown", () => sound?.resume());
ring();
