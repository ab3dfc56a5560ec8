import { importColumns } from '@medcall/shared-types';

/** A file that opens in a spreadsheet with its accents right, with one invented line. */
export const importTemplate = [
  '\uFEFF',
  importColumns.join(';'),
  '\r\n',
  'Maria de Exemplo;;12/05/1980;F;maria@exemplo.com.br;(11) 98765-4321;Rua das Flores, 10',
  '\r\n',
].join('');
