/** Words of the tab Dados. */
export const clinicMessages = {
  heading: 'Dados da clínica',
  lead: 'Aparecem nos documentos, nas mensagens aos pacientes e na página de agendamento.',
  name: 'Nome',
  address: 'Endereço',
  phone: 'Telefone',
  cnpj: 'CNPJ',
  cnpjHint: 'Com ou sem pontuação.',
  nameMissing: 'Informe o nome da clínica.',
  save: 'Salvar',
  saved: 'Dados da clínica salvos',
  saveFailed: 'Os dados não foram salvos',
  failed: 'Não foi possível ler os dados da clínica',
  unset: 'não informado',
  booking: 'Página de agendamento',
  bookingText:
    'Pacientes marcam sozinhos nos horários que os médicos abriram. Ponha este endereço no site ou na bio da clínica.',
  bookingOpen: 'Abrir',
  copy: 'Copiar endereço',
  copied: 'Endereço copiado',
  copyFailed: 'Não foi possível copiar: selecione o endereço e copie à mão',
} as const;
