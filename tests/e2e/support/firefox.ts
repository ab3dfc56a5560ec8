import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, firefox } from 'playwright-core';

const relay = fileURLToPath(new URL('../../support/firefox-relay.mjs', import.meta.url));

/** Whether this machine has a Firefox: FIREFOX_PATH, or Debian's firefox-esr. */
export function hasFirefox(): boolean {
  const binary = process.env.FIREFOX_PATH ?? 'firefox-esr';
  return spawnSync(binary, ['--version'], { stdio: 'ignore' }).status === 0;
}

/**
 * A Firefox with a camera and a microphone that are not there. Its fake microphone only hums: the page hears
 * `voice` instead, played by the page's own audio, and everything behind `getUserMedia` is real.
 */
export async function openFirefox(options: {
  voice: string;
  viewport: { width: number; height: number };
}): Promise<{ browser: Browser; context: BrowserContext }> {
  const browser = await firefox.launch({
    channel: 'moz-firefox',
    executablePath: relay,
    firefoxUserPrefs: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      // Where a machine has no sound card the page's audio clock would stand still.
      'media.cubeb.force_mock_context': true,
      'media.autoplay.default': 0,
      'media.autoplay.blocking_policy': 0,
      'media.autoplay.block-webaudio': false,
      // The clipboard without a press on Firefox's own "paste".
      'dom.events.testing.asyncClipboard': true,
      // Two pages of one machine find each other by their addresses.
      'media.peerconnection.ice.obfuscate_host_addresses': false,
      'media.peerconnection.ice.loopback': true,
    },
  });
  const context = await browser.newContext({
    viewport: options.viewport,
    locale: 'pt-BR',
    timezoneId: 'America/Sao_Paulo',
  });
  await context.addInitScript(playsVoice((await readFile(options.voice)).toString('base64')));
  return { browser, context };
}

/** As text: the rest of the tests has no types of the DOM, and shall have none. */
const playsVoice = (wav: string) => `(() => {
  const devices = navigator.mediaDevices;
  if (!devices) return;
  const real = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (wanted) => {
    const stream = await real(wanted);
    if (!wanted?.audio) return stream;
    const context = new AudioContext();
    const bytes = Uint8Array.from(atob('${wav}'), (sign) => sign.charCodeAt(0));
    const buffer = await context.decodeAudioData(bytes.buffer);
    const source = new AudioBufferSourceNode(context, { buffer, loop: true });
    const out = context.createMediaStreamDestination();
    source.connect(out);
    source.start();
    for (const hum of stream.getAudioTracks()) {
      stream.removeTrack(hum);
      hum.stop();
    }
    for (const track of out.stream.getAudioTracks()) stream.addTrack(track);
    return stream;
  };
})()`;
