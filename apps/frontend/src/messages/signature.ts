/** Words of the doctor's certificate in /configuracoes, and of papers that it signs. */
export const signatureMessages = {
  title: 'Assinatura com certificado digital',
  replaceTitle: 'Trocar o certificado',
  lead: 'Com o seu certificado ICP-Brasil A1, receitas, atestados, pedidos de exame e registros saem assinados digitalmente quando você os aprova ou assina. Sem ele, o documento diz que não tem assinatura digital.',
  unavailable:
    'Esta instalação ainda não tem as raízes da ICP-Brasil configuradas. Fale com quem a administra.',
  failed: 'Não foi possível ler o seu certificado',
  file: 'Arquivo do certificado',
  fileHint: 'O arquivo .pfx ou .p12 que a autoridade certificadora entregou.',
  fileMissing: 'Escolha o arquivo do certificado.',
  fileTooBig: 'O arquivo é grande demais para um certificado A1.',
  password: 'Senha do certificado',
  passwordHint: 'Usada só agora, para abrir o arquivo. Não fica guardada.',
  passwordMissing: 'Informe a senha do certificado.',
  store: 'Guardar certificado',
  stored: 'Certificado guardado',
  storedText: 'Os próximos documentos saem assinados com ele.',

  yours: 'Seu certificado',
  active: 'em uso',
  stopped: 'não assina',
  holder: 'Titular',
  cpf: 'CPF',
  issuer: 'Emitido por',
  validity: 'Validade',
  span: (from: string, until: string) => `${from} a ${until}`,
  serial: 'Número de série',
  test: 'Certificado de teste: os documentos dizem que a assinatura não tem valor legal.',
  ending: (day: string) =>
    `O certificado vence em ${day}. Peça o novo à sua autoridade certificadora.`,
  remove: 'Remover',
  removeTitle: 'Remover o certificado?',
  removeText:
    'A chave é apagada na hora. O que já foi assinado continua assinado; os próximos documentos saem sem assinatura digital.',
  removed: 'Certificado removido',

  signed: 'assinado digitalmente',
  signedTest: 'assinado com certificado de teste',
} as const;
