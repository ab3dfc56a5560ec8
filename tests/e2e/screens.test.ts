import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { demoPassword } from '../../scripts/lib/system/ready-table.ts';
import { waitUntil } from '../../scripts/lib/system/wait-until.ts';
import { type Person, sitDown } from './support/browser.ts';
import { keepPictures, overflow, seriousFindings, tabTo } from './support/screen-check.ts';
import { signIn } from './support/sign-in.ts';
import { audioDir, startWorld, type World } from './support/world.ts';

// Every screen with the demonstration data: for everybody, from the keyboard, enlarged, without a network.
let world: World;
let doctor: Person;
let admin: Person;
let visitor: Person;
let places: Record<string, string>;

beforeAll(async () => {
  world = await startWorld({ frontend: true });
  const seat = {
    voice: path.join(audioDir, 'nao-fala', 'silencio.wav'),
    origin: world.urls.frontend,
  };
  [doctor, admin, visitor] = await Promise.all([sitDown(seat), sitDown(seat), sitDown(seat)]);
  await Promise.all([
    signIn(doctor.page, world.urls.frontend, 'medico@aurora.demo'),
    signIn(admin.page, world.urls.frontend, 'admin@aurora.demo'),
  ]);
  places = await findPlaces();
}, 600_000);

afterAll(async () => {
  await Promise.all([doctor?.close(), admin?.close(), visitor?.close()]);
  await world?.stop();
});

/** Where the demonstration's consultations and patients of the doctor are shown. */
async function findPlaces(): Promise<Record<string, string>> {
  const rows = await world.query<{ id: string; room: string; patient: string; kind: string }>(
    `select c.id, c.room_id as room, c.patient_id as patient,
            case when c.status = 'COMPLETED' then 'signed' else c.type end as kind
     from consultations c
     join members m on m.medico_id = c.doctor_id
     join auth_embedded.users u on u.id = m.user_auth
     where u.email = 'medico@aurora.demo'
       and (c.status = 'WAITING' or exists
         (select 1 from notes n where n.consultation_id = c.id and n.status = 'assinada'))
     order by c.created_at`,
  );
  const of = (kind: string) => {
    const row = rows.find((candidate) => candidate.kind === kind);
    if (!row) throw new Error(`the demonstration has no consultation: ${kind}`);
    return row;
  };
  return {
    record: `/consulta/${of('signed').id}`,
    patient: `/pacientes/${of('signed').patient}`,
    call: `/call/${of('ONLINE').room}`,
    invitation: of('ONLINE').id,
    inPerson: `/consulta-presencial/${of('PRESENCIAL').id}`,
    room: of('signed').room,
  };
}

async function open(person: Person, address: string): Promise<Page> {
  const { page } = person;
  await page.goto(new URL(address, world.urls.frontend).href);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await waitUntil(
    `${address} is read`,
    async () => (await page.locator('[aria-busy="true"]').count()) === 0,
    { timeoutMs: 60_000 },
  );
  return page;
}

async function expectForEverybody(page: Page, name: string): Promise<void> {
  expect(await seriousFindings(page), name).toEqual([]);
  expect(await overflow(page), name).toEqual({ 360: 0, 640: 0 });
  await keepPictures(page, name);
}

function tellOnFailure(person: () => Person): void {
  onTestFailed(() => {
    console.error(person().page.url(), person().complaints.slice(-10));
    console.error(world.recentLog());
  });
}

const screens: [string, () => Person, () => string][] = [
  ['inicio', () => visitor, () => '/'],
  ['entrar', () => visitor, () => '/login'],
  ['recuperar-senha', () => visitor, () => '/recuperar-senha'],
  ['verificar', () => visitor, () => '/verificar'],
  ['nao-existe', () => visitor, () => '/nao-existe'],
  ['agendar-fechado', () => visitor, () => '/agendar/clinica-horizonte'],
  ['convite-faltando', () => visitor, () => places.call ?? ''],
  ['painel', () => doctor, () => '/dashboard'],
  ['agenda', () => doctor, () => '/agenda'],
  ['pacientes', () => doctor, () => '/pacientes'],
  ['importar', () => doctor, () => '/pacientes/importar'],
  ['repetidos', () => doctor, () => '/pacientes/repetidos'],
  ['horarios', () => doctor, () => '/agenda/horarios'],
  ['ficha', () => doctor, () => places.patient ?? ''],
  ['registro', () => doctor, () => places.record ?? ''],
  ['chamada-medico', () => doctor, () => places.call ?? ''],
  ['presencial', () => doctor, () => places.inPerson ?? ''],
  ['configuracoes', () => doctor, () => '/configuracoes'],
  ['configuracoes-voz', () => doctor, () => '/configuracoes?aba=voz'],
  ['configuracoes-calendario', () => doctor, () => '/configuracoes?aba=calendario'],
  ['configuracoes-avisos', () => doctor, () => '/configuracoes?aba=avisos'],
  ['clinica', () => admin, () => '/admin'],
  ['medicos', () => admin, () => '/admin?aba=medicos'],
  ['entregas', () => admin, () => '/admin?aba=entregas'],
  ['mensagens', () => admin, () => '/admin?aba=mensagens'],
  ['auditoria', () => admin, () => '/admin?aba=auditoria'],
  ['custos', () => admin, () => '/admin?aba=custos'],
  ['lgpd', () => admin, () => '/admin?aba=lgpd'],
  ['incidentes', () => admin, () => '/admin?aba=incidentes'],
  ['diretrizes', () => admin, () => '/admin?aba=diretrizes'],
  ['painel-administracao', () => admin, () => '/dashboard'],
];

describe.each(screens)('the screen %s', (name, person, address) => {
  it('has nothing serious for axe in either theme, and fits telephones and 200 %', async () => {
    tellOnFailure(person);
    await expectForEverybody(await open(person(), address()), name);
  });
});

describe('the patient’s way in', () => {
  it('has nothing serious for axe in either theme, from the link to the call', async () => {
    tellOnFailure(() => visitor);
    const api = await world.api('medico@aurora.demo');
    const made = await api.request('POST', '/api/invitations', {
      consultationId: places.invitation,
    });
    const { page } = visitor;
    const button = (label: string) => page.getByRole('button', { name: label });
    const steps: [string, () => Promise<void>][] = [
      ['paciente-inicio', async () => void (await page.goto((made as { url: string }).url))],
      [
        'paciente-aparelho',
        async () => {
          await page.getByRole('checkbox', { name: /Atendimento por telemedicina/ }).click();
          await button('Continuar').click();
        },
      ],
      [
        'paciente-espera',
        async () => {
          await button('Entrar na sala de espera').click();
          await page.getByTestId('waiting').waitFor();
          await page.getByTestId('waiting-place').getByText('antes de você').waitFor();
          await page
            .getByLabel(/^Recado para/)
            .fill('Posso demorar a ouvir: uso aparelho auditivo.');
          await button('Deixar recado').click();
          await page.getByTestId('left-message').waitFor();
        },
      ],
      [
        'paciente-chamada',
        async () => {
          await open(doctor, places.call ?? '');
          const left = doctor.page.getByTestId('left-messages').first();
          await left.getByText('aparelho auditivo').waitFor();
          await doctor.page.getByRole('button', { name: 'Admitir' }).click();
          await button('Minhas escolhas').waitFor();
        },
      ],
    ];
    let before = '';
    for (const [name, go] of steps) {
      await go();
      const heading = page.getByRole('heading', { level: 1 }).first();
      await waitUntil(
        name,
        async () => {
          const now = (await heading.count()) > 0 ? await heading.innerText() : '';
          return now !== '' && now !== before;
        },
        { timeoutMs: 30_000 },
      );
      before = await heading.innerText();
      await expectForEverybody(page, name);
    }
    await expectForEverybody(doctor.page, 'chamada-medico-com-paciente');
    await button('Minhas escolhas').click();
    await page.getByRole('dialog').getByRole('checkbox').waitFor();
    await expectForEverybody(page, 'paciente-escolhas');
  });
});

describe('a whole consultation from the keyboard', () => {
  it('goes from the log-in to a signed note', async () => {
    tellOnFailure(() => doctor);
    const { page } = doctor;
    const { keyboard } = page;
    const press = async (name: string | RegExp) => {
      await tabTo(page, name);
      await keyboard.press('Enter');
    };
    await page.context().clearCookies();
    await page.goto(`${world.urls.frontend}/dashboard`);
    await page.waitForURL(/\/login/);
    await tabTo(page, 'E-mail');
    await keyboard.type('medico@aurora.demo');
    await tabTo(page, 'Senha');
    await keyboard.type(demoPassword);
    await keyboard.press('Enter');
    await page.waitForURL(/\/dashboard/);

    // Created through the palette, as who knows the keys would.
    await page.getByRole('button', { name: 'Nova consulta' }).first().waitFor();
    await keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /Paciente, consulta ou tela/ }).waitFor();
    await keyboard.type('nova cons');
    await page.getByRole('option', { name: 'Nova consulta' }).waitFor();
    await keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('listitem').first().waitFor();
    await press(/\d{2}\/\d{2}\/\d{4}$/);
    await press('Criar consulta');
    await dialog.getByRole('link', { name: 'Atender agora' }).waitFor();
    await press('Atender agora');
    await page.waitForURL(/\/call\//);

    // The key does nothing before the browser has given the microphone.
    await page.locator('button[aria-label="Desligar microfone"]:enabled').waitFor();
    await keyboard.press('m');
    await page.getByRole('button', { name: 'Ligar microfone' }).waitFor();
    await keyboard.press('?');
    await page.getByRole('dialog', { name: 'Atalhos do teclado' }).waitFor();
    await keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    // What is typed into the notes presses no key of the call, until Esc.
    await keyboard.press('n');
    const notes = page.getByRole('textbox', { name: 'Minhas anotações' });
    await notes.waitFor();
    await page.locator('textarea[data-private-note]:focus').waitFor();
    await keyboard.type('medo de tv');
    await page.locator('[data-testid="private-note-state"][data-state="saved"]').waitFor();
    expect(await notes.inputValue()).toBe('medo de tv');
    await keyboard.press('Escape');
    await keyboard.press('m');
    await page.locator('button[aria-label="Desligar microfone"]:enabled').waitFor();
    await press('Encerrar');
    await press('Encerrar consulta');
    await page.waitForURL(/\/consulta\/[0-9a-f-]+$/);

    await press('Escrever sem rascunho');
    await press('Escrever em Plano');
    await keyboard.type('Retorno em sete dias.');
    // There is something to sign once the first words are stored.
    await page.getByRole('button', { name: 'Assinar', exact: true }).waitFor();
    await press('Assinar');
    await page.getByRole('dialog').waitFor();
    const warning = page.getByRole('dialog');
    expect(await warning.innerText()).toContain('Subjetivo, Objetivo e Avaliação');
    await press('Assinar nota');
    await page.getByText('Código de verificação').waitFor();
  });
});

describe('the panels beside the video', () => {
  it('are put away one by one, stay away, and leave with Esc until it is pressed again', async () => {
    tellOnFailure(() => doctor);
    const page = await open(doctor, places.call ?? '');
    const panel = (name: string) => page.getByRole('region', { name, exact: true });
    const shown = async () => {
      const names = ['Transcrição', 'Perguntas', 'Paciente', 'Cobertura da anamnese'];
      const seen = await Promise.all(names.map((name) => panel(name).isVisible()));
      return names.filter((_, at) => seen[at]);
    };
    await panel('Perguntas').waitFor();
    expect(await shown()).toHaveLength(4);
    await page.getByRole('button', { name: 'Esconder Transcrição' }).click();
    await panel('Transcrição').waitFor({ state: 'hidden' });
    // Whether it is written down is still said.
    await page.locator('[data-testid="transcription-state"]:visible').waitFor();
    await page.keyboard.press('Escape');
    await panel('Perguntas').waitFor({ state: 'hidden' });
    expect(await shown()).toEqual([]);
    await page.keyboard.press('Escape');
    await panel('Perguntas').waitFor();
    expect(await shown()).toEqual(['Perguntas', 'Paciente', 'Cobertura da anamnese']);

    await open(doctor, places.call ?? '');
    await panel('Perguntas').waitFor();
    await panel('Transcrição').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Painéis' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Transcrição' }).click();
    // Esc belongs to what is open: the menu, not the panels.
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    expect(await shown()).toHaveLength(4);
  });
});

describe('the record on paper', () => {
  it('keeps its words, also those that can be pressed, and none of its deeds', async () => {
    tellOnFailure(() => doctor);
    const page = await open(doctor, places.record ?? '');
    const covered = page.getByTestId('coverage').getByText('Febre', { exact: true });
    const quoted = page.getByTestId('suggestion').getByText(/^“/);
    const deeds = page.getByRole('button', {
      name: /^(Novo documento|Registrar adendo|Baixar PDF)$/,
    });
    const ownWords = page.getByText('o paciente recebe só o que você aprovar');
    const kept = [covered, quoted.first()];
    for (const words of [...kept, deeds.first(), ownWords]) await words.waitFor();
    await page.emulateMedia({ media: 'print' });
    try {
      for (const words of [deeds.first(), ownWords]) await words.waitFor({ state: 'hidden' });
      for (const words of kept) await words.waitFor();

      await page.emulateMedia({ media: 'screen' });
      await open(doctor, '/agenda');
      const bar = [page.getByRole('link', { name: 'Hoje' }), page.getByText('Mostrar canceladas')];
      for (const part of bar) await part.waitFor();
      await page.emulateMedia({ media: 'print' });
      for (const part of bar) await part.waitFor({ state: 'hidden' });
      // Of seven days, each with its heading, whether or not somebody comes.
      await page.getByRole('heading', { level: 2, name: / de / }).nth(6).waitFor();
    } finally {
      await page.emulateMedia({ media: 'screen' });
    }
  });
});

describe('a question that one looks at', () => {
  it('shows its passage, and lights the sentence that brought it, from pointer and keyboard alike', async () => {
    tellOnFailure(() => doctor);
    const room = (places.call ?? '').replace('/call/', '');
    const excerpt = 'Trecho da diretriz que sustenta a pergunta.';
    const source = {
      documentId: crypto.randomUUID(),
      title: 'Dor torácica',
      source: 'Protocolo de exemplo',
      year: 2024,
      section: 'Avaliação inicial',
      url: 'https://example.org/protocolo',
      excerpt,
    };
    await world.query(
      `with said as (
         insert into transcriptions (room_id, speaker, text, timestamp, start_ms, end_ms)
         select $1, case when n = 40 then 'PACIENTE' else 'MEDICO' end,
                case when n = 40 then 'Dói quando subo escada.' else 'Fala ' || n end, now(),
                n * 1000, n * 1000 + 900
         from generate_series(1, 40) n returning id, text)
       insert into suggestions (room_id, question, topic, sources, transcription_id, engine)
       select $1, 'Há quanto tempo a dor aparece ao esforço?', 'duracao', $2, id, 'banco'
       from said where text like 'Dói%'`,
      [room, JSON.stringify([source])],
    );
    const page = await open(doctor, places.call ?? '');
    const card = page.getByTestId('suggestion').filter({ hasText: 'ao esforço?' });
    const lit = page.locator('[data-testid="utterance"][data-lit="true"]');
    await card.waitFor();
    await card.getByText('“Dói quando subo escada.”').waitFor();
    expect(await lit.count()).toBe(0);
    await card.hover();
    await lit.filter({ hasText: 'Dói quando subo escada.' }).waitFor();
    await page.mouse.move(5, 5);
    await lit.waitFor({ state: 'detached' });

    await card.getByRole('button', { name: /^Usar/ }).focus();
    await lit.waitFor();
    await card.locator('summary').focus();
    await page.getByRole('tooltip').getByText(excerpt).waitFor();
    await page.keyboard.press('Enter');
    await card.getByText(excerpt).waitFor();
  });
});

describe('the look of a page without an account', () => {
  it('changes at a press and stays for the next page', async () => {
    tellOnFailure(() => visitor);
    const page = await open(visitor, '/login');
    const root = page.locator('html');
    await page.getByRole('button', { name: 'Aparência: como no aparelho. Mudar' }).click();
    await page.getByRole('button', { name: 'Aparência: clara. Mudar' }).click();
    await page.getByRole('button', { name: 'Aparência: escura. Mudar' }).waitFor();
    expect(await root.getAttribute('class')).toBe('dark');
    await open(visitor, '/recuperar-senha');
    expect(await root.getAttribute('class')).toBe('dark');
    await page.getByRole('button', { name: 'Aparência: escura. Mudar' }).click();
    expect(await root.getAttribute('class')).toBe('');
  });
});

describe('the record of a long consultation', () => {
  const count = 1_500;

  it('draws at most 60 of 1,500 utterances, and the note’s sentence brings its own into sight', async () => {
    tellOnFailure(() => doctor);
    await world.query(
      `insert into transcriptions (room_id, speaker, text, timestamp, start_ms, end_ms)
       select $1, case when n % 2 = 0 then 'MEDICO' else 'PACIENTE' end,
              'Fala de número ' || n || repeat(' e mais algumas palavras', n % 7), now(),
              3600000 + n * 1000, 3600900 + n * 1000
       from generate_series(1, $2::int) n`,
      [places.room, count],
    );
    const page = await open(doctor, places.record ?? '');
    const rows = page.getByTestId('utterance');
    await rows.first().waitFor();
    const list = page.getByTestId('record-transcript');
    await list.focus();
    await page.keyboard.press('End');
    await page.getByText(`Fala de número ${count}`, { exact: false }).first().waitFor();
    expect(await rows.count()).toBeLessThanOrEqual(60);
    await page.getByTestId('note-sentence').getByRole('textbox').first().click();
    await page.locator('[data-testid="utterance"][data-lit="true"]').first().waitFor();
    expect(await rows.count()).toBeLessThanOrEqual(60);
  });

  it('lights what took the place of an utterance since the note’s sentence was written', async () => {
    tellOnFailure(() => doctor);
    const [better] = await world.query<{ id: string }>(
      `with old as (
         select t.* from transcriptions t, jsonb_path_query(
           (select sections from notes where consultation_id = $1), '$.*[*].transcription_ids[*]') said
         where t.id = (said #>> '{}')::uuid
       ), placed as (
         insert into transcriptions (room_id, speaker, text, timestamp, start_ms, end_ms)
         select room_id, speaker, 'Em melhores palavras.', timestamp, min(start_ms), max(end_ms)
         from old group by room_id, speaker, timestamp order by min(start_ms) limit 1 returning id
       )
       update transcriptions set superseded_by = (select id from placed)
       where id in (select id from old) returning superseded_by as id`,
      [places.record?.split('/').at(-1)],
    );
    expect(better).toBeDefined();
    const page = await open(doctor, places.record ?? '');
    await page.getByTestId('note-sentence').getByRole('textbox').first().click();
    const lit = page.locator('[data-testid="utterance"][data-lit="true"]');
    await lit.getByText('Em melhores palavras.').waitFor();
  });
});

describe('transcribing a consultation again', () => {
  it('says in plain words why it cannot be where no sound is kept, fit for everybody', async () => {
    tellOnFailure(() => doctor);
    const page = await open(doctor, places.record ?? '');
    await page.getByRole('button', { name: 'Mais ações da transcrição' }).click();
    await page.getByRole('menuitem', { name: 'Transcrever de novo' }).click();
    const dialog = page.getByRole('dialog', { name: 'Transcrever de novo' });
    await dialog.getByText('Não é possível transcrever de novo').waitFor();
    await expectForEverybody(page, 'transcrever-de-novo');
    await dialog.getByRole('button', { name: 'Fechar' }).last().click();
    await dialog.waitFor({ state: 'detached' });
  });
});

describe('the page’s own policy', () => {
  it('gives each answer a nonce of its own and runs no script without it', async () => {
    const nonceOf = async () => {
      const answer = await fetch(`${world.urls.frontend}/login`);
      return /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1];
    };
    const [first, second] = [await nonceOf(), await nonceOf()];
    expect(first).toBeTruthy();
    expect(second).not.toBe(first);
    const page = await open(visitor, '/login');
    const refused = await page.evaluate(
      `new Promise((said) => {
        document.addEventListener('securitypolicyviolation', (event) => said(event.effectiveDirective));
        document.body.insertAdjacentHTML('beforeend', '<img src="/none" onerror="window.foreign = 1">');
      })`,
    );
    expect(refused).toBe('script-src-attr');
    expect(await page.evaluate('window.foreign')).toBeUndefined();
  });

  it('has its like on everything that is served beside pages', async () => {
    const page = await (await fetch(`${world.urls.frontend}/login`)).text();
    const script = /\/_next\/static\/[^"]+\.js/.exec(page)?.[0] ?? '';
    for (const path of [
      script,
      '/sw.js',
      '/icon.svg',
      '/api/auth/session',
      '/api/patients',
      '/none',
    ]) {
      const { headers } = await fetch(world.urls.frontend + path);
      expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'");
      expect(headers.get('strict-transport-security'), path).toContain('includeSubDomains');
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
    }
  });

  it('shows the parts of the design nowhere but in development', async () => {
    expect((await fetch(`${world.urls.frontend}/estilo`)).status).toBe(404);
  });
});

describe('without a network', () => {
  it('keeps one page for it and nothing of a patient', async () => {
    tellOnFailure(() => doctor);
    const page = await open(doctor, places.record ?? '');
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await open(doctor, '/dashboard');
    const kept = await page.evaluate<string[]>(
      `caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((cache) => cache.keys()))))
        .then((lists) => lists.flat().map((request) => new URL(request.url).pathname))`,
    );
    expect(kept).toEqual(['/offline.html']);
    await page.context().setOffline(true);
    try {
      await page.getByTestId('offline').waitFor();
      await page.goto(`${world.urls.frontend}/pacientes`);
      await page.getByRole('heading', { name: 'Você está sem conexão' }).waitFor();
    } finally {
      await page.context().setOffline(false);
    }
    await page.getByRole('button', { name: 'Tentar de novo' }).click();
    await page.getByRole('heading', { level: 1, name: 'Pacientes' }).waitFor();
  });
});

describe('a session that ends', () => {
  it('is taken up again over the page, and what was typed stays', async () => {
    tellOnFailure(() => doctor);
    const page = await open(doctor, '/pacientes');
    const session = (await page.evaluate(
      "fetch('/api/auth/session').then((answer) => answer.json())",
    )) as object;
    const expired = { ...session, accessToken: null, error: 'session_expired' };
    await page.route('**/api/auth/session', (route) => route.fulfill({ json: expired }));
    await page.route('**/api/patients/search', (route) =>
      route.fulfill({
        status: 401,
        headers: { 'access-control-allow-origin': world.urls.frontend },
        json: {},
      }),
    );
    const search = page.getByRole('searchbox').first();
    await search.fill('Luci');
    const dialog = page.getByRole('dialog', { name: 'Sua sessão terminou' });
    await dialog.waitFor();
    await page.unroute('**/api/auth/session');
    await page.unroute('**/api/patients/search');
    await dialog.getByLabel(/Senha de/).fill(demoPassword);
    await dialog.getByRole('button', { name: 'Continuar' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await search.inputValue()).toBe('Luci');
    await page.getByText('Luciana').first().waitFor();
  });
});
