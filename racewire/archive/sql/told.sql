-- What did each rule tell, and did it arrive?
-- Alerts, those of them that told of a change, and their messages by state.
-- :since = 7d
with recent as (
  select id, rule_id, title, severity, kind, created_at from alerts
  where id > coalesce((select id from alerts where created_at < :since order by id desc limit 1), 0)
), sent as (
  select r.rule_id, sum(d.state = 'delivered') as delivered, sum(d.state = 'waiting') as waiting, sum(d.state = 'failed') as failed
  from recent r join deliveries d on d.alert_id = r.id group by r.rule_id
)
select r.rule_id as rule_id, max(r.title) as title, max(r.severity) as severity, count(*) as alerts, sum(r.kind = 'updated') as updates,
  coalesce(max(s.delivered), 0) as delivered, coalesce(max(s.waiting), 0) as waiting, coalesce(max(s.failed), 0) as failed,
  max(r.created_at) as last_at
from recent r left join sent s on s.rule_id = r.rule_id
group by r.rule_id
order by alerts desc, r.rule_id
