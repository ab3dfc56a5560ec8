import type { DemoClinicKey } from './clinics.ts';

export interface DemoPatient {
  readonly key: string;
  readonly clinic: DemoClinicKey;
  readonly name: string;
  readonly birthDate: string;
  readonly sex: 'F' | 'M';
  readonly allergies: readonly string[];
  readonly medicines: readonly string[];
  /** Key of the child whom this person answers for. */
  readonly guardianOf?: string;
  readonly guardianRelation?: string;
}

/** Twelve invented people. Their CPFs are valid by arithmetic and made from their place in this list. */
export const demoPatients: readonly DemoPatient[] = [
  {
    key: 'luciana',
    clinic: 'aurora',
    name: 'Luciana Prates de Souza',
    birthDate: '1991-04-17',
    sex: 'F',
    allergies: ['Sulfa'],
    medicines: [],
  },
  {
    key: 'anselmo',
    clinic: 'aurora',
    name: 'Anselmo Figueira',
    birthDate: '1958-11-02',
    sex: 'M',
    allergies: [],
    medicines: ['Losartana 50 mg, 2 vezes ao dia', 'Hidroclorotiazida 25 mg pela manhã'],
  },
  {
    key: 'jussara',
    clinic: 'aurora',
    name: 'Jussara Conceição Amaral',
    birthDate: '1972-08-29',
    sex: 'F',
    allergies: ['Dipirona'],
    medicines: ['Metformina 850 mg, 2 vezes ao dia'],
  },
  {
    key: 'caetano',
    clinic: 'aurora',
    name: 'Caetano Brito Vilela',
    birthDate: '1985-01-23',
    sex: 'M',
    allergies: [],
    medicines: [],
  },
  {
    key: 'teodoro',
    clinic: 'aurora',
    name: 'Teodoro Sant’Anna',
    birthDate: '2017-06-05',
    sex: 'M',
    allergies: ['Amoxicilina'],
    medicines: [],
  },
  {
    key: 'fabiola',
    clinic: 'aurora',
    name: 'Fabíola Sant’Anna',
    birthDate: '1988-12-11',
    sex: 'F',
    allergies: [],
    medicines: ['Levotiroxina 75 mcg em jejum'],
    guardianOf: 'teodoro',
    guardianRelation: 'mãe',
  },
  {
    key: 'nivaldo',
    clinic: 'aurora',
    name: 'Nivaldo Rocha Pimenta',
    birthDate: '1949-03-14',
    sex: 'M',
    allergies: [],
    medicines: ['Ácido acetilsalicílico 100 mg', 'Sinvastatina 20 mg à noite'],
  },
  {
    key: 'iracema',
    clinic: 'aurora',
    name: 'Iracema Guimarães',
    birthDate: '1996-10-08',
    sex: 'F',
    allergies: [],
    medicines: ['Anticoncepcional oral combinado'],
  },
  {
    key: 'wagner',
    clinic: 'horizonte',
    name: 'Wagner Quintela',
    birthDate: '1979-07-19',
    sex: 'M',
    allergies: [],
    medicines: ['Omeprazol 20 mg em jejum'],
  },
  {
    key: 'dalva',
    clinic: 'horizonte',
    name: 'Dalva Peçanha',
    birthDate: '1953-02-27',
    sex: 'F',
    allergies: ['Iodo'],
    medicines: ['Anlodipino 5 mg', 'Alendronato 70 mg por semana'],
  },
  {
    key: 'renan',
    clinic: 'horizonte',
    name: 'Renan Albuquerque Cruz',
    birthDate: '2001-09-30',
    sex: 'M',
    allergies: [],
    medicines: [],
  },
  {
    key: 'sueli',
    clinic: 'horizonte',
    name: 'Sueli Barcelos',
    birthDate: '1966-05-21',
    sex: 'F',
    allergies: ['Látex'],
    medicines: ['Fluoxetina 20 mg pela manhã'],
  },
];
