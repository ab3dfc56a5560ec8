import { calendarFeed, calendarStatus, feedQuery, uuid } from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf, membershipOf } from '../api/calling-of.ts';
import { publicRoute, type Route, route } from '../api/route.ts';
import type { BookingCalendar } from '../services/agenda/booking-calendar.ts';

const tag = 'Calendário';

export function calendarRoutes(calendar: BookingCalendar): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/consultations/:id/event.ics',
      tag,
      summary: 'O horário da consulta para qualquer calendário',
      params: z.object({ id: uuid }),
      success: { status: 200, description: 'iCalendar', text: ['text/calendar'] },
      handle: async (context) =>
        icsAnswer(await calendar.event(callingOf(context), context.params.id), 'consulta'),
    }),
    route({
      method: 'get',
      path: '/api/calendar',
      tag,
      summary: 'O que a agenda do médico mostra fora daqui',
      success: {
        status: 200,
        description: 'Endereço de assinatura e Google',
        json: calendarStatus,
      },
      handle: async (context) => ({
        status: 200,
        json: await calendar.status(callingOf(context), membershipOf(context)),
      }),
    }),
    route({
      method: 'post',
      path: '/api/calendar/feed',
      tag,
      summary: 'Novo endereço da agenda para assinar; o anterior deixa de valer',
      success: { status: 201, description: 'O endereço, mostrado uma vez', json: calendarFeed },
      handle: async (context) => ({
        status: 201,
        json: await calendar.openFeed(callingOf(context), membershipOf(context)),
      }),
    }),
    route({
      method: 'delete',
      path: '/api/calendar/feed',
      tag,
      summary: 'O endereço da agenda deixa de valer',
      success: { status: 204, description: 'Encerrado' },
      handle: async (context) => {
        await calendar.closeFeed(callingOf(context), membershipOf(context));
        return { status: 204 };
      },
    }),
    publicRoute({
      method: 'get',
      path: '/api/calendar/feed.ics',
      tag,
      summary: 'A agenda de um médico, para quem tem o endereço; sem nome de paciente',
      query: feedQuery,
      success: { status: 200, description: 'iCalendar', text: ['text/calendar'] },
      handle: async ({ query }) => icsAnswer(await calendar.feed(query.token), 'agenda'),
    }),
  ];
}

export function icsAnswer(text: string, name: string) {
  return {
    status: 200,
    text,
    contentType: 'text/calendar; charset=utf-8',
    headers: { 'Content-Disposition': `attachment; filename="${name}.ics"` },
  };
}
