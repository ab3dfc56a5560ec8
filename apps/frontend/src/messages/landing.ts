/** Words of the landing page: what the product does, and what it does not. */
export const landingMessages = {
  title: 'A consulta em vídeo que escreve enquanto você olha para o paciente.',
  lead: 'O MedCall AI transcreve a conversa em português, diz quem falou e sugere ao médico a próxima pergunta, com a diretriz e a frase que a motivou.',
  signIn: 'Entrar',
  open: 'Abrir o painel',
  patient:
    'É paciente? Abra o link que a clínica enviou. Não é preciso ter conta nem instalar nada.',
  points: [
    {
      title: 'Transcrição com nome',
      text: 'Cada frase aparece com quem a disse. Na consulta por vídeo, a voz vem do canal de cada pessoa, então médico e paciente nunca se confundem.',
    },
    {
      title: 'Perguntas com fonte',
      text: 'No máximo três por vez, só para o médico. Cada uma mostra o trecho da diretriz e a fala do paciente que a trouxe.',
    },
    {
      title: 'O paciente decide',
      text: 'Sem a autorização do paciente, nada é transcrito nem guardado, e a chamada funciona do mesmo jeito. Ele pode mudar de ideia durante a consulta.',
    },
    {
      title: 'Nada se perde',
      text: 'O áudio é escrito antes de ser confirmado. Se a internet cair, o aparelho guarda o que faltou e envia quando ela voltar.',
    },
  ],
  limitsTitle: 'O que ele não faz',
  limits:
    'Não dá diagnóstico, não receita e não substitui o médico. As sugestões são perguntas tiradas de diretrizes públicas; a decisão é de quem atende.',
} as const;
