-- Papers and lists name the person by the card that stands (decision 84). The bearer of a link goes on seeing the
-- card of his consultation alone: policies decide what the function finds.
grant execute on function app.person_of(uuid) to medcall_patient;
