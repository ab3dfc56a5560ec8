// Loaded before every script (`node --import`), in plain JavaScript: an older Node cannot even read
// the TypeScript files, and would say so in words that help nobody.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `\nMedCall precisa do Node 22.18 ou mais novo; este é o ${process.versions.node} (${process.execPath}).\n` +
      'Em Linux e Windows, "npm ci" instala o Node certo com as dependências: rode-o sem --omit=optional.\n' +
      'Nos demais sistemas, instale o Node 24 (https://nodejs.org) e rode "npm ci" de novo.\n\n',
  );
  process.exit(1);
}
