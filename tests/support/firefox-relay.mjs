#!/usr/bin/env node
/**
 * Starts Firefox (FIREFOX_PATH or Debian's) in the place of the executable that Playwright starts, and stands
 * between the two on their WebDriver BiDi line. Playwright sends one command that a Firefox ESR does not know
 * yet, the emulation of media features, before any page opens; it is answered as done, everything else passes.
 * Plain JavaScript: whatever Node is first in the PATH runs it.
 */
import { spawn } from 'node:child_process';
import { WebSocket, WebSocketServer } from 'ws';

const unknownToEsr = new Set(['emulation.setMediaFeaturesOverride']);
const announces = /WebDriver BiDi listening on (ws:\/\/\S+)/;

const firefox = spawn(process.env.FIREFOX_PATH ?? 'firefox-esr', process.argv.slice(2), {
  stdio: ['ignore', 'inherit', 'pipe'],
});
firefox.once('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
firefox.once('exit', (code) => process.exit(code ?? 0));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  process.on(signal, () => firefox.kill(signal));
}

let relayed = false;
firefox.stderr.setEncoding('utf8').on('data', (text) => {
  const address = relayed ? null : announces.exec(text)?.[1];
  if (!address) {
    process.stderr.write(text);
    return;
  }
  relayed = true;
  const relay = new WebSocketServer({ host: '127.0.0.1', port: 0 }, () => {
    process.stderr.write(`WebDriver BiDi listening on ws://127.0.0.1:${relay.address().port}\n`);
  });
  relay.on('connection', (near, request) => between(near, new WebSocket(address + request.url)));
});

function between(near, far) {
  const early = [];
  far.on('open', () => {
    for (const message of early.splice(0)) far.send(message);
  });
  far.on('message', (message) => near.send(message.toString()));
  near.on('message', (message) => {
    const text = message.toString();
    const { id, method } = JSON.parse(text);
    if (unknownToEsr.has(method)) {
      near.send(JSON.stringify({ type: 'success', id, result: {} }));
    } else if (far.readyState === WebSocket.OPEN) far.send(text);
    else early.push(text);
  });
  far.on('close', () => near.close());
  far.on('error', () => near.close());
  // Whoever drives is gone, perhaps without a farewell: no Firefox stays behind.
  near.on('close', () => firefox.kill());
  near.on('error', () => firefox.kill());
}
