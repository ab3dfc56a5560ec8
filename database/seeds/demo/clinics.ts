import { testCnpj } from '@medcall/utils';

/** Clinics, doctors and administrators of the demonstration. Nobody here exists. */
export const demoClinics = [
  {
    key: 'aurora',
    nome: 'Clínica Aurora',
    slug: 'clinica-aurora',
    endereco: 'Rua das Paineiras, 120, Vila Mariana, São Paulo/SP',
    telefone: '+551150000100',
    // One clinic has a CNPJ of the alphanumeric form.
    cnpj: testCnpj('4A9B2C7D0001'),
    // Patients may book by its link: /agendar/clinica-aurora.
    booking: {
      enabled: true,
      min_lead_minutes: 120,
      horizon_days: 60,
      max_open_per_patient: 2,
      cancel_until_minutes: 120,
    },
  },
  {
    key: 'horizonte',
    nome: 'Clínica Horizonte',
    slug: 'clinica-horizonte',
    endereco: 'Avenida Atlântica, 2000, Copacabana, Rio de Janeiro/RJ',
    telefone: '+552150000200',
    cnpj: testCnpj('415736290001'),
    booking: null,
  },
] as const;

export type DemoClinicKey = (typeof demoClinics)[number]['key'];

export interface DemoMember {
  readonly email: string;
  readonly clinic: DemoClinicKey;
  readonly name: string;
  /** Absent for administrators. */
  readonly doctor?: { readonly crm: string; readonly rqe: string; readonly especialidade: string };
}

export const demoMembers: readonly DemoMember[] = [
  {
    email: 'medico@aurora.demo',
    clinic: 'aurora',
    name: 'Dra. Beatriz Nogueira',
    doctor: { crm: '123456/SP', rqe: '45121', especialidade: 'Clínica médica' },
  },
  {
    email: 'medico2@aurora.demo',
    clinic: 'aurora',
    name: 'Dr. Rafael Tavares',
    doctor: { crm: '134872/SP', rqe: '51930', especialidade: 'Cardiologia' },
  },
  { email: 'admin@aurora.demo', clinic: 'aurora', name: 'Marina Lopes' },
  {
    email: 'medico@horizonte.demo',
    clinic: 'horizonte',
    name: 'Dra. Helena Prado',
    doctor: { crm: '528641/RJ', rqe: '30775', especialidade: 'Medicina de família e comunidade' },
  },
  { email: 'admin@horizonte.demo', clinic: 'horizonte', name: 'Otávio Reis' },
];
