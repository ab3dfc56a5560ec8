/** Words of /pacientes/importar and /pacientes/duplicados. */
export const patientListsMessages = {
  back: 'Pacientes',
  importLink: 'Importar planilha',
  duplicatesLink: 'Cadastros repetidos',

  import: {
    title: 'Importar pacientes',
    lead: 'Traga o cadastro de outro sistema em CSV. Primeiro conferimos linha por linha; nada é gravado antes de você confirmar.',
    file: 'Arquivo CSV',
    fileHint: 'Exporte a planilha como CSV. Separador e acentos são reconhecidos sozinhos.',
    fileMissing: 'Escolha um arquivo CSV.',
    fileLarge: 'O arquivo passa de 750 kB: divida a planilha em partes.',
    columns: 'Colunas',
    columnsText: 'A primeira linha diz o nome das colunas. Só o nome do paciente é obrigatório.',
    template: 'Baixar um modelo',
    check: 'Conferir',
    checking: 'Conferindo…',
    failed: 'O arquivo não pôde ser lido',
    willCreate: (count: number) =>
      count === 1 ? '1 será cadastrado' : `${count} serão cadastrados`,
    created: (count: number) => (count === 1 ? '1 cadastrado' : `${count} cadastrados`),
    duplicate: (count: number) =>
      count === 1 ? '1 já existe e fica como está' : `${count} já existem e ficam como estão`,
    invalid: (count: number) =>
      count === 1 ? '1 com problema não entra' : `${count} com problemas não entram`,
    confirm: (count: number) => `Importar ${count.toLocaleString('pt-BR')}`,
    nothing: 'Nenhuma linha nova para importar. Corrija a planilha e confira de novo.',
    done: 'Importação concluída',
    doneAction: 'Ver pacientes',
    again: 'Conferir outro arquivo',
    line: 'Linha',
    name: 'Nome',
    what: 'Situação',
    status: { created: 'Novo', duplicate: 'Já existe', invalid: 'Com problema' },
    createdStatus: 'Cadastrado',
    openCard: 'Abrir ficha',
    filter: 'Mostrar',
    filters: { todas: 'Todas as linhas', problemas: 'Só o que não entra' },
    more: 'Mostrar mais linhas',
    encoding: (name: string, separator: string) =>
      `Lido como ${name}, colunas separadas por “${separator}”.`,
  },

  duplicates: {
    title: 'Cadastros repetidos',
    lead: 'Fichas que parecem da mesma pessoa. Nada é unido sozinho: compare e corrija a que estiver errada.',
    failed: 'Não foi possível procurar repetidos',
    empty: 'Nenhum cadastro repetido',
    emptyText: 'Comparamos CPF, e nome com data de nascimento.',
    reason: { cpf: 'Mesmo CPF', name_and_birth_date: 'Mesmo nome e nascimento' },
  },

  guardians: {
    title: 'Responsáveis',
    empty: 'Nenhum responsável indicado.',
    add: 'Indicar responsável',
    addText: 'Uma pessoa já cadastrada que responde por este paciente: pai, mãe, curador.',
    added: (name: string) => `${name} é responsável`,
    remove: (name: string) => `Retirar ${name}`,
    removed: (name: string) => `${name} não é mais responsável`,
    failed: 'A mudança não foi registrada',
    self: 'Escolha outra pessoa.',
    undo: 'Desfazer',
  },
} as const;
