-- Adds what a node knows of a project and Redis does not. KEYS[8...] are steps and uses of further quotas, two for each. ARGV: a JSON object {node, force,
-- span, ttl, day, tomorrow, uses: [[[age, requests, tokens], ...] for each quota], leases: [[id, key, quota, tokens], ...],
-- days: [[model, requests, tokens, more requests, more tokens], ...], rests: [[field, left, kind, reason], ...]}.
local seed = cjson.decode(ARGV[1])
local mark = '#n:' .. seed.node
if not seed.force and redis.call('HEXISTS', leases, mark) == 1 then
    return {'known'}
end
for i, list in ipairs(seed.uses) do
    if i > 1 then
        steps, uses = KEYS[6 + 2 * (i - 1)], KEYS[7 + 2 * (i - 1)]
    end
    local sorted = {}
    for _, one in ipairs(redis.call('LRANGE', steps, 0, -1)) do
        sorted[#sorted + 1] = one
    end
    for _, use in ipairs(list) do
        local step = string.format('%.0f', now - use[1])
        if redis.call('HEXISTS', uses, 'r' .. step) == 0 then
            sorted[#sorted + 1] = step
        end
        add(step, use[2], use[3])
    end
    if #list > 0 then
        table.sort(sorted, function(a, b) return tonumber(a) < tonumber(b) end)
        redis.call('DEL', steps)
        for _, one in ipairs(sorted) do
            redis.call('RPUSH', steps, one)
        end
        redis.call('PEXPIRE', steps, seed.span + 1000)
        redis.call('PEXPIRE', uses, seed.span + 1000)
    end
end
for _, lease in ipairs(seed.leases) do
    if redis.call('HEXISTS', leases, lease[1]) == 0 then
        open(lease[1], lease[2], lease[3], '0', lease[4], seed.ttl)
    else
        redis.call('ZADD', ends, now + seed.ttl, lease[1])
    end
end
today(seed.day, seed.tomorrow)
for _, day in ipairs(seed.days) do
    local had = redis.call('HMGET', days, 'r|' .. day[1], 't|' .. day[1])
    redis.call('HSET', days, 'r|' .. day[1], math.max(tonumber(had[1]) or 0, day[2]) + day[4])
    redis.call('HSET', days, 't|' .. day[1], math.max(tonumber(had[2]) or 0, day[3]) + day[5])
end
for _, one in ipairs(seed.rests) do
    rest(one[1], one[2], one[3], one[4])
end
redis.call('HSET', leases, mark, 1)
redis.call('PEXPIRE', leases, KEPT)
return {'seeded'}
