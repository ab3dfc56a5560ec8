import { callerOf, notFound } from '@medcall/service-kit';
import { uuid } from '@medcall/shared-types/primitives';
import {
  requestSuggestions,
  type StoredSuggestion as StoredSuggestionBody,
  updateSuggestion,
} from '@medcall/shared-types/suggestion';
import { Router } from 'express';
import type { StoredSuggestion } from '../services/suggestion-store.ts';
import type { SuggestionService } from '../services/suggestions.ts';

/** `/api/suggestions`: questions for the doctor. */
export function suggestionRoutes(suggestions: SuggestionService): Router {
  const router = Router();
  router.post('/', async (req, res) => {
    const request = requestSuggestions.parse(req.body);
    res.json(await suggestions.suggest(callerOf(req), request));
  });
  router.patch('/:id', async (req, res) => {
    const id = uuid.safeParse(req.params.id);
    if (!id.success) throw notFound();
    const { status } = updateSuggestion.parse(req.body);
    res.json(toBody(await suggestions.decide(callerOf(req), id.data, status)));
  });
  return router;
}

function toBody({ createdAt, decidedBy, ...suggestion }: StoredSuggestion): StoredSuggestionBody {
  return { ...suggestion, decided_by: decidedBy, created_at: createdAt.toISOString() };
}
