-- The gateway signs papers with doctors' certificates (0120): it keeps and opens the keys, and writes down by
-- whose a note's file is signed.
call app.serve('medcall_gateway', 'public.signing_certificates', 'select, insert, delete');
grant select (pdf_signature), update (pdf_signature) on public.notes to medcall_gateway;
