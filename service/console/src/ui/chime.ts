import { settings } from "../settings";

let context: AudioContext | undefined;

/** Two soft tones, if sound is switched on. A browser that has seen no key or click yet stays silent. */
export function chime(): void {
  if (!settings.get().sound || typeof AudioContext === "undefined") return;
  context ??= new AudioContext();
  void context.resume();
  [660, 880].forEach((pitch, at) => {
    if (!context) return;
    const start = context.currentTime + at * 0.22;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.15, start + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.4);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + 0.45);
  });
}
