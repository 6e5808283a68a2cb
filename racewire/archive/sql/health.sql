-- Is the wire healthy?
-- One row a source; the last row counts the messages that are waiting or failed.
select s.id as source_id, s.problem as problem, s.failures as failures, s.last_ok_at as last_ok_at, s.last_new_at as last_new_at,
  s.next_due_at as next_due_at, (select count(*) from articles a where a.source_id = s.id) as articles
from sources s where s.enabled
union all
select '(deliveries)', case when sum(state = 'failed') > 0 then 'failed' end, sum(state = 'failed'), max(delivered_at), null, min(next_at),
  sum(state = 'waiting')
from deliveries
