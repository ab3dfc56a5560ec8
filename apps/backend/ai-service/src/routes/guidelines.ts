import { AppError, callerOf, notFound } from '@medcall/service-kit';
import {
  guidelineFacts,
  guidelineQuery,
  ingestGuideline,
  updateGuideline,
} from '@medcall/shared-types/guideline';
import { uuid } from '@medcall/shared-types/primitives';
import { json, Router, raw } from 'express';
import type { GuidelineSearch } from '../services/guideline-search.ts';
import type { ClinicGuidelines } from '../services/guidelines/clinic-guidelines.ts';
import { readMarkdown } from '../services/guidelines/read-markdown.ts';
import { readPdf } from '../services/guidelines/read-pdf.ts';

export const largestPdf = '20mb';
const largestMarkdown = '2mb';

/** `/api/guidelines`: the passages that questions rest on, and a clinic's own documents. */
export function guidelineRoutes(guidelines: GuidelineSearch, own: ClinicGuidelines): Router {
  const router = Router();
  router.get('/', async (req, res) => {
    const query = guidelineQuery.parse(req.query);
    const items = query.q
      ? await guidelines.search(callerOf(req), {
          text: query.q,
          limit: query.limit,
          mode: query.mode,
          ...(query.specialty === undefined ? {} : { specialty: query.specialty }),
          patient: {
            ...(query.age === undefined ? {} : { ageYears: query.age }),
            ...(query.sex === undefined ? {} : { sex: query.sex }),
          },
        })
      : [...(await guidelines.documents(callerOf(req))), ...(await own.list(callerOf(req)))];
    res.json({ items, nextCursor: null });
  });
  router.post(
    '/',
    raw({ type: 'application/pdf', limit: largestPdf }),
    json({ limit: largestMarkdown }),
    async (req, res) => {
      if (Buffer.isBuffer(req.body)) {
        const facts = guidelineFacts.parse(req.query);
        const sections = await readPdf(new Uint8Array(req.body));
        res.status(201).json(await own.ingest(callerOf(req), facts, sections));
        return;
      }
      if (!req.is('application/json')) {
        throw new AppError('validation_failed', { message: 'Envie um PDF ou um texto Markdown.' });
      }
      const { markdown, ...facts } = ingestGuideline.parse(req.body);
      const sections = readMarkdown(markdown, facts.title);
      res.status(201).json(await own.ingest(callerOf(req), facts, sections));
    },
  );
  router.patch('/:id', json(), async (req, res) => {
    const id = uuid.safeParse(req.params.id);
    if (!id.success) throw notFound();
    const { active } = updateGuideline.parse(req.body);
    res.json(await own.setActive(callerOf(req), id.data, active));
  });
  return router;
}
