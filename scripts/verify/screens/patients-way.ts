import { countScripts, speedOf } from './page-speed.ts';
import { say } from './report.ts';
import {
  allowed,
  aPage,
  aWaitingRoom,
  demoDoctor,
  openCall,
  signedIn,
  type Visit,
} from './visit.ts';

const telephone = { width: 390, height: 844 };

/** From the link to the page after the call, on a telephone: everything that is loaded on the way. */
export async function patientsWay(visit: Visit): Promise<void> {
  const { world, report } = visit;
  const place = await aWaitingRoom(visit);
  const doctor = await signedIn(visit);
  await openCall(doctor, visit, place.room);

  const page = await aPage(visit, telephone);
  const api = await world.api(demoDoctor);
  const made = (await api.request('POST', '/api/invitations', {
    consultationId: place.id,
  })) as { url: string };
  const cost = await countScripts(page);
  const kb = (bytes: number) => Math.round(bytes / 100) / 10;
  const so = (where: string) => say(`  ${where}: ${kb(cost().bytes)} kB in ${cost().files} files`);
  const button = (name: string) => page.getByRole('button', { name });

  await page.goto(made.url);
  await button('Continuar').waitFor();
  so('link opened');
  await page.getByRole('checkbox', { name: /Atendimento por telemedicina/ }).click();
  await page.getByRole('checkbox', { name: /Transcrição com inteligência artificial/ }).click();
  await button('Continuar').click();
  await button('Entrar na sala de espera').click();
  await page.getByTestId('waiting').waitFor();
  so('waiting room');
  const { shift, shifted } = await speedOf(page);
  await doctor.getByRole('button', { name: 'Admitir' }).click();
  await button('Desligar microfone').waitFor();
  await button('Mostrar legendas').click();
  await button('Minhas escolhas').click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await button('Trocar microfone ou câmera').click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  so('call');
  await doctor.getByRole('button', { name: 'Encerrar' }).click();
  await doctor.getByRole('button', { name: 'Encerrar consulta' }).click();
  await page.getByRole('heading', { name: 'A consulta terminou' }).waitFor();
  so('after the call');

  const { bytes, withHeads } = cost();
  say(`  with the heads of the answers: ${kb(withHeads)} kB`);
  report.note('JavaScript of the patient’s way, compressed', bytes / 1000, 'kB', allowed.patientKb);
  if (shifted.length > 0) say(`  moved: ${shifted.slice(0, 6).join(' | ')}`);
  report.note('patient’s way to the waiting room, layout shift', shift, '', allowed.shift);
  await page.context().close();
  await doctor.context().close();
}
