import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TranscriptionEvent } from '@medcall/shared-types';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { RoomConnection } from '../../scripts/lib/client/room-connection.ts';
import { readDialogue } from '../../scripts/lib/demo/dialogue.ts';
import { freePorts } from '../../scripts/lib/system/free-ports.ts';
import { demoPassword } from '../../scripts/lib/system/ready-table.ts';
import { answers, waitUntil } from '../../scripts/lib/system/wait-until.ts';
import { aRelay, type Relay } from '../support/relay.ts';
import { hasTurn, startTestTurn, type TestTurn } from '../support/turn.ts';
import { type Person, picturesMove, sitDown } from './support/browser.ts';
import { chosenPairs, watchConnections } from './support/connections.ts';
import { signIn } from './support/sign-in.ts';
import { voiceOf } from './support/sound.ts';
import { audioDir, startWorld, type World } from './support/world.ts';

// What a person meets when something is wrong: the line, the devices, a service that is down.
let world: World;
let line: Relay;
let turn: TestTurn | undefined;
let voices: string;
const people: Person[] = [];

/** Pause between two sentences of the played voice. */
const pauseMs = 1_200;

beforeAll(async () => {
  const ports = await freePorts();
  line = await aRelay({ host: '127.0.0.1', port: ports['realtime-service'] });
  turn = hasTurn() ? await startTestTurn('loopback') : undefined;
  world = await startWorld({
    frontend: true,
    ports,
    // The browsers' line to the rooms runs over the relay; everything else is direct.
    env: {
      NEXT_PUBLIC_REALTIME_WS_URL: `http://localhost:${line.port}`,
      ...(turn ? { TURN_URLS: turn.url, TURN_SECRET: turn.secret } : {}),
    },
  });
  voices = await mkdtemp(path.join(tmpdir(), 'medcall-voices-'));
  const dialogue = await readDialogue(path.join(audioDir, 'cefaleia'));
  const voice = voiceOf(dialogue, 'PACIENTE', [0, 1, 2, 3], pauseMs);
  await writeFile(path.join(voices, 'paciente.wav'), voice.wav);
}, 600_000);

afterAll(async () => {
  await Promise.all(people.map((person) => person.close()));
  await world?.stop();
  await line?.cut();
  await turn?.stop();
  if (voices) await rm(voices, { recursive: true, force: true });
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

async function person(voice: string): Promise<Person> {
  const viewport = { width: 390, height: 844 };
  const made = await sitDown({ voice, origin: world.urls.frontend, viewport });
  people.push(made);
  return made;
}

function showLogOnFailure(...who: Person[]): void {
  onTestFailed(async () => {
    for (const { page, complaints } of who) {
      console.error(page.url(), await page.locator('body').innerText(), complaints.slice(-10));
    }
    console.error(world.recentLog());
  });
}

interface Room {
  doctor: RoomConnection;
  roomId: string;
  /** Address that the patient opens. */
  invitation: string;
}

/** An empty room, and the patient's way into it. */
async function aConsultation(): Promise<Omit<Room, 'doctor'> & { invitationId: string }> {
  const api = await world.api('medico@aurora.demo');
  const patient = (await api.patients())[0];
  if (!patient) throw new Error('the demonstration has no patients');
  const { id, roomId } = await api.createConsultation({ patient_id: patient.id, type: 'ONLINE' });
  const invited = await api.invite(id);
  return { roomId, invitation: invited.url, invitationId: invited.id };
}

/** A doctor inside an empty room, by the public interface. */
async function openRoom(): Promise<Room> {
  const stage = await world.stage('medico@aurora.demo');
  const { roomId, invitation } = await aConsultation();
  const doctor = new RoomConnection({
    realtimeUrl: world.urls.realtime,
    roomId,
    user: { id: stage.me.user.id, name: stage.me.user.name, role: 'doctor' },
    token: stage.doctorToken,
  });
  await doctor.enter();
  return { doctor, roomId, invitation };
}

/** From the invitation to the device check, with the consent to artificial intelligence. */
async function walkToDevices(page: Page, invitation: string): Promise<void> {
  await page.goto(invitation);
  await page.getByRole('checkbox', { name: /Atendimento por telemedicina/ }).click();
  await page.getByRole('checkbox', { name: /Transcrição com inteligência artificial/ }).click();
  await button(page, 'Continuar').click();
}

async function admitWhoWaits({ doctor, roomId }: Room): Promise<void> {
  const { participant } = await doctor.waitFor('participant-waiting', undefined, 60_000);
  await doctor.request('admit-participant', { roomId, participantId: participant.id });
}

describe('a line that drops for twenty seconds in mid-sentence', () => {
  it('tells the patient, keeps what she says and sends it when the line is back', async () => {
    const room = await openRoom();
    const patient = await person(path.join(voices, 'paciente.wav'));
    showLogOnFailure(patient);
    const heard = new Map<string, TranscriptionEvent>();
    room.doctor.socket.on('transcription', (event) => {
      heard.set(event.id, event);
      for (const id of event.replaces ?? []) heard.delete(id);
    });
    await walkToDevices(patient.page, room.invitation);
    const admitted = admitWhoWaits(room);
    await button(patient.page, 'Entrar na sala de espera').click();
    await admitted;
    await patient.page.getByTestId('waiting').waitFor({ state: 'detached' });
    await room.doctor.request('start-transcription', { roomId: room.roomId });
    const finals = () => [...heard.values()].filter((event) => event.isFinal && event.text !== '');
    await waitUntil('two sentences', () => finals().length >= 2, { timeoutMs: 120_000 });
    // A partial text is a sentence that is being said.
    await room.doctor.waitFor('transcription', (event) => !event.isFinal, 120_000);

    await line.cut();
    await patient.page.getByText('A conexão caiu. Reconectando').waitFor();
    await patient.page.waitForTimeout(20_000);
    const before = finals();
    await line.restore();
    await patient.page
      .getByText('A conexão caiu. Reconectando')
      .waitFor({ state: 'detached', timeout: 60_000 });
    const cutAtMs = Math.max(...before.map((event) => event.endMs));
    const later = () => finals().filter((event) => event.startMs > cutAtMs + 25_000);
    await waitUntil('sentences said after the cut', () => later().length >= 2, {
      timeoutMs: 180_000,
    });
    await room.doctor.request('end-consultation', { roomId: room.roomId });
    room.doctor.close();

    const said = finals().sort((a, b) => a.startMs - b.startMs);
    for (const [index, event] of said.entries()) {
      const previous = said[index - 1];
      if (!previous) continue;
      const silenceMs = event.startMs - previous.endMs;
      // Nothing missing: nobody is silent for longer than the pause; nothing twice: no overlap.
      expect(silenceMs, `before “${event.text}”`).toBeLessThan(pauseMs + 3_000);
      expect(silenceMs, `before “${event.text}”`).toBeGreaterThan(-1_000);
    }
    expect(said.every((event) => event.speaker === 'PACIENTE')).toBe(true);
  });
});

describe('devices', () => {
  it.each([
    ['none', 'Não encontramos um microfone'],
    ['denied', 'não tem permissão para usar o microfone'],
  ])('%s: says so in Portuguese and lets the patient in all the same', async (voice, sentence) => {
    const room = await openRoom();
    const patient = await person(voice);
    showLogOnFailure(patient);
    await walkToDevices(patient.page, room.invitation);
    const trouble = patient.page.getByTestId('microphone-trouble');
    await trouble.waitFor();
    expect(await trouble.innerText()).toContain(sentence);
    await button(patient.page, 'Tentar de novo').waitFor();
    const admitted = admitWhoWaits(room);
    await button(patient.page, 'Entrar sem microfone').click();
    await admitted;
    await patient.page.getByText('ninguém ouve você').waitFor();
    room.doctor.close();
  });
});

/** To run before the page's own scripts: devices that a test can unplug, as the browser would tell of it. */
const unpluggable = `(() => {
  const devices = navigator.mediaDevices;
  const real = devices.getUserMedia.bind(devices);
  const tracks = [];
  let plugged = true;
  devices.getUserMedia = async (wanted) => {
    if (wanted?.audio && !plugged) throw new DOMException('nothing there', 'NotFoundError');
    const stream = await real(wanted);
    tracks.push(...stream.getAudioTracks());
    return stream;
  };
  window.__unplug = (anotherIsThere) => {
    plugged = anotherIsThere;
    for (const track of tracks.splice(0)) {
      if (track.readyState !== 'live') continue;
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
  };
  window.__plugIn = () => {
    plugged = true;
    devices.dispatchEvent(new Event('devicechange'));
  };
})()`;

describe('a microphone that is unplugged in mid-call', () => {
  it('is replaced by another one; without another the patient is told, and heard again once one is there', async () => {
    const room = await openRoom();
    const patient = await person(path.join(voices, 'paciente.wav'));
    showLogOnFailure(patient);
    const { page } = patient;
    await page.addInitScript(unpluggable);
    await walkToDevices(page, room.invitation);
    const admitted = admitWhoWaits(room);
    await button(page, 'Entrar na sala de espera').click();
    await admitted;
    await page.getByTestId('waiting').waitFor({ state: 'detached' });
    await room.doctor.request('start-transcription', { roomId: room.roomId });

    const heard = (fromMs: number) =>
      room.doctor.waitFor(
        'transcription',
        (event) => event.isFinal && event.text !== '' && event.startMs > fromMs,
        120_000,
      );
    const first = await heard(-1);
    await page.evaluate('window.__unplug(true)');
    const replaced = page.getByTestId('device-replaced');
    await replaced.getByText('O microfone foi desconectado. Agora você fala por').waitFor();
    await button(page, 'Entendi').click();
    await replaced.waitFor({ state: 'detached' });
    const second = await heard(first.endMs + 1);

    await page.evaluate('window.__unplug(false)');
    await page.getByText('ninguém ouve você').waitFor();
    await page.getByText('Não encontramos um microfone').waitFor();
    await page.evaluate('window.__plugIn()');
    await page.getByText('ninguém ouve você').waitFor({ state: 'detached' });
    await heard(second.endMs + 1);
    room.doctor.close();
  });
});

describe('who is invited', () => {
  it('reads that a link was taken back, and asks nobody again', async () => {
    const { invitation, invitationId } = await aConsultation();
    const api = await world.api('medico@aurora.demo');
    await api.request('DELETE', `/api/invitations/${invitationId}`);
    const visitor = await person('none');
    showLogOnFailure(visitor);
    await visitor.page.goto(invitation);
    await visitor.page.getByText('Este convite não vale mais').waitFor();
    expect(await button(visitor.page, 'Tentar de novo').count()).toBe(0);
  });

  it('tries a link again whose service was busy', async () => {
    const { invitation } = await aConsultation();
    const visitor = await person('none');
    showLogOnFailure(visitor);
    const { page } = visitor;
    await page.route('**/api/invitations/exchange', (route) =>
      route.fulfill({
        status: 503,
        headers: { 'access-control-allow-origin': world.urls.frontend },
        json: {},
      }),
    );
    await page.goto(invitation);
    const again = button(page, 'Tentar de novo');
    await again.waitFor();
    await page.getByText('Não conseguimos abrir sua consulta').waitFor();
    await page.unroute('**/api/invitations/exchange');
    await again.click();
    await button(page, 'Continuar').waitFor();
  });

  it('is told of a withdrawal that did not arrive, though the dialog is closed', async () => {
    const room = await openRoom();
    const patient = await person('none');
    showLogOnFailure(patient);
    const { page } = patient;
    await walkToDevices(page, room.invitation);
    const admitted = admitWhoWaits(room);
    await button(page, 'Entrar sem microfone').click();
    await admitted;
    await page.getByTestId('waiting').waitFor({ state: 'detached' });
    let breakIt: () => void = () => undefined;
    const broken = new Promise<void>((resolve) => {
      breakIt = resolve;
    });
    await page.route('**/consents', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      await broken;
      await route.abort();
    });
    await button(page, 'Minhas escolhas').click();
    const dialog = page.getByRole('dialog', { name: 'Minhas escolhas' });
    const choice = dialog.getByRole('checkbox');
    await waitUntil('what holds', () => choice.isChecked(), { timeoutMs: 30_000 });
    await choice.click();
    await dialog.getByRole('button', { name: 'Fechar' }).click();
    await dialog.waitFor({ state: 'hidden' });
    breakIt();
    await dialog.getByText('O serviço não respondeu').waitFor();
    expect(await choice.isChecked()).toBe(true);
    room.doctor.close();
  });
});

describe('a network that lets nothing through but the relay', () => {
  it.skipIf(!hasTurn())('still carries both pictures', async () => {
    const doctor = await person(path.join(voices, 'paciente.wav'));
    const patient = await person(path.join(voices, 'paciente.wav'));
    showLogOnFailure(doctor, patient);
    for (const { page } of [doctor, patient]) await page.addInitScript(watchConnections(true));
    const { roomId, invitation } = await aConsultation();
    await signIn(doctor.page, world.urls.frontend, 'medico@aurora.demo');
    await doctor.page.goto(`${world.urls.frontend}/call/${roomId}`);
    await walkToDevices(patient.page, invitation);
    await button(patient.page, 'Entrar na sala de espera').click();
    await button(doctor.page, 'Admitir').click({ timeout: 60_000 });
    for (const { page } of [doctor, patient]) {
      await waitUntil('two moving pictures', () => picturesMove(page, 2), { timeoutMs: 120_000 });
      const pairs = await page.evaluate<string[]>(chosenPairs);
      expect(pairs.length).toBeGreaterThan(0);
      for (const pair of pairs) expect(pair).toMatch(/^relay-/);
    }
  });
});

// Last: it leaves the world without a gateway.
describe('while the gateway is down', () => {
  it('the call goes on, a new page says so in Portuguese and works again afterwards', async () => {
    const room = await openRoom();
    const patient = await person(path.join(voices, 'paciente.wav'));
    const doctor = await person(path.join(voices, 'paciente.wav'));
    showLogOnFailure(patient, doctor);
    await walkToDevices(patient.page, room.invitation);
    const admitted = admitWhoWaits(room);
    await button(patient.page, 'Entrar na sala de espera').click();
    await admitted;
    await patient.page.getByTestId('waiting').waitFor({ state: 'detached' });

    await world.system.process('gateway').kill();
    await doctor.page.goto(`${world.urls.frontend}/login`);
    await doctor.page.getByLabel('E-mail').fill('medico@aurora.demo');
    await doctor.page.getByLabel('Senha').fill(demoPassword);
    await button(doctor.page, 'Entrar').click();
    const refused = doctor.page.getByTestId('login-error');
    await refused.waitFor();
    expect(await refused.innerText()).toContain('Sua senha não foi recusada');
    // The room lives on in the realtime service.
    const started = room.doctor.request('start-transcription', { roomId: room.roomId });
    await room.doctor.waitFor('transcription', undefined, 90_000);
    await started;

    world.system.process('gateway').start();
    await waitUntil('the gateway', () => answers(`${world.urls.gateway}/api/health/ready`), {
      timeoutMs: 60_000,
    });
    await button(doctor.page, 'Entrar').click();
    await doctor.page.waitForURL(/\/dashboard/);
    room.doctor.close();
  });
});
