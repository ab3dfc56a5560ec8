/** A consultation of the agenda; `day` counts from today, in São Paulo. */
export interface DemoConsultation {
  readonly key: string;
  readonly doctor: string;
  readonly patient: string;
  readonly status: 'WAITING' | 'IN_PROGRESS' | 'COMPLETED' | 'CANCELLED' | 'NO_SHOW';
  readonly type: 'ONLINE' | 'PRESENCIAL';
  readonly day: number;
  readonly time: string;
  readonly minutes: number;
  readonly price: string;
  readonly aiEnabled?: boolean;
  readonly cancelReason?: string;
}

const beatriz = 'medico@aurora.demo';
const rafael = 'medico2@aurora.demo';
const helena = 'medico@horizonte.demo';

export const demoConsultations: readonly DemoConsultation[] = [
  // Clínica Aurora, today
  {
    key: 'a1',
    doctor: beatriz,
    patient: 'jussara',
    status: 'WAITING',
    type: 'ONLINE',
    day: 0,
    time: '09:00',
    minutes: 30,
    price: '280.00',
  },
  {
    key: 'a2',
    doctor: beatriz,
    patient: 'caetano',
    status: 'WAITING',
    type: 'ONLINE',
    day: 0,
    time: '10:30',
    minutes: 30,
    price: '280.00',
  },
  {
    key: 'a3',
    doctor: beatriz,
    patient: 'fabiola',
    status: 'WAITING',
    type: 'PRESENCIAL',
    day: 0,
    time: '14:00',
    minutes: 40,
    price: '320.00',
  },
  {
    key: 'a4',
    doctor: beatriz,
    patient: 'iracema',
    status: 'WAITING',
    type: 'ONLINE',
    day: 0,
    time: '16:00',
    minutes: 30,
    price: '280.00',
    aiEnabled: false,
  },
  {
    key: 'a5',
    doctor: rafael,
    patient: 'nivaldo',
    status: 'IN_PROGRESS',
    type: 'PRESENCIAL',
    day: 0,
    time: '09:30',
    minutes: 40,
    price: '350.00',
  },
  {
    key: 'a6',
    doctor: rafael,
    patient: 'anselmo',
    status: 'WAITING',
    type: 'ONLINE',
    day: 0,
    time: '15:00',
    minutes: 30,
    price: '350.00',
  },
  // Clínica Aurora, other days
  {
    key: 'a7',
    doctor: beatriz,
    patient: 'teodoro',
    status: 'WAITING',
    type: 'ONLINE',
    day: 1,
    time: '11:00',
    minutes: 30,
    price: '280.00',
  },
  {
    key: 'a8',
    doctor: beatriz,
    patient: 'anselmo',
    status: 'CANCELLED',
    type: 'ONLINE',
    day: -1,
    time: '09:00',
    minutes: 30,
    price: '280.00',
    cancelReason: 'Pedido do paciente',
  },
  {
    key: 'a9',
    doctor: beatriz,
    patient: 'iracema',
    status: 'NO_SHOW',
    type: 'ONLINE',
    day: -2,
    time: '17:00',
    minutes: 30,
    price: '280.00',
  },
  {
    key: 'a10',
    doctor: rafael,
    patient: 'jussara',
    status: 'COMPLETED',
    type: 'PRESENCIAL',
    day: -4,
    time: '10:00',
    minutes: 40,
    price: '350.00',
    aiEnabled: false,
  },
  {
    key: 'urinaria',
    doctor: beatriz,
    patient: 'luciana',
    status: 'COMPLETED',
    type: 'ONLINE',
    day: -3,
    time: '15:00',
    minutes: 30,
    price: '280.00',
  },
  // Clínica Horizonte
  {
    key: 'h1',
    doctor: helena,
    patient: 'dalva',
    status: 'WAITING',
    type: 'ONLINE',
    day: 0,
    time: '09:00',
    minutes: 30,
    price: '240.00',
  },
  {
    key: 'h2',
    doctor: helena,
    patient: 'renan',
    status: 'IN_PROGRESS',
    type: 'PRESENCIAL',
    day: 0,
    time: '10:00',
    minutes: 30,
    price: '240.00',
  },
  {
    key: 'h3',
    doctor: helena,
    patient: 'sueli',
    status: 'CANCELLED',
    type: 'ONLINE',
    day: -1,
    time: '11:00',
    minutes: 30,
    price: '240.00',
    cancelReason: 'Médica em emergência',
  },
  {
    key: 'h4',
    doctor: helena,
    patient: 'renan',
    status: 'NO_SHOW',
    type: 'ONLINE',
    day: -6,
    time: '16:00',
    minutes: 30,
    price: '240.00',
  },
  {
    key: 'lombalgia',
    doctor: helena,
    patient: 'wagner',
    status: 'COMPLETED',
    type: 'ONLINE',
    day: -2,
    time: '14:00',
    minutes: 30,
    price: '240.00',
  },
];
