/**
 * `npm run demo:certificate`: a certification authority for tests and an A1 file of the demonstration's
 * doctor, for trying signed papers without ICP-Brasil. Worth nothing anywhere else.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { anIcpChain, issueA1, pemOf } from '../tests/support/icp/icp-chain.ts';
import { loadEnvFile } from './lib/system/load-env-file.ts';
import { runScript } from './lib/system/run-script.ts';
import { demoRoots, readSettings } from './lib/system/settings.ts';

const holder = { name: 'Beatriz Nogueira', cpf: '52998224725', password: 'MedCall-demo-2026' };

async function demoCertificate(): Promise<void> {
  loadEnvFile();
  const { dataDir } = readSettings(process.env);
  const roots = path.join(demoRoots(dataDir), 'teste');
  const file = path.join(dataDir, 'certificado-de-teste.p12');
  const chain = anIcpChain();
  await mkdir(roots, { recursive: true });
  await writeFile(path.join(roots, 'raiz.pem'), pemOf(chain.root));
  await writeFile(file, issueA1(chain, holder).p12, { mode: 0o600 });
  process.stdout.write(
    `Certificado de teste de ${holder.name}: ${file}\nSenha: ${holder.password}\n` +
      'Inicie (ou reinicie) npm run dev, entre como medico@aurora.demo e envie o arquivo em Configurações, Assinatura.\n',
  );
}

runScript(demoCertificate);
