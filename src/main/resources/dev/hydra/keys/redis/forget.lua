-- Forgets rests and the day's counters of a project, not what is under way.
redis.call('DEL', days, rests)
return {}
