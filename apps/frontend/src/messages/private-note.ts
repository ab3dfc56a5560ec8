/** The doctor's own notes, in the call and on the record. */
export const privateNoteMessages = {
  title: 'Minhas anotações',
  placeholder: 'Lembretes para você, durante a consulta.',
  hint: 'Só você lê. Não entram no prontuário.',
  state: {
    saved: 'Salvo',
    saving: 'Salvando…',
    waiting: 'Guardado nesta janela; tentamos de novo.',
    refused: 'Não foi possível salvar este texto.',
  },
} as const;
