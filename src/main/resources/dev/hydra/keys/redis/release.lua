-- Gives a key back and notes what was learned. ARGV: node, lease (empty = none), key, quota, model, whether the provider has counted the request,
-- its real tokens (-1 = as estimated), whether it counts for the day, tokens for the day, channel, message (empty = none), beginnings of four days,
-- then rests: field, milliseconds left, kind, reason.
local node, id, key, quota, model, channel = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[10]
if id ~= '' then
    local step, tokens = close(id)
    if step and redis.call('HEXISTS', uses, 'r' .. step) == 1 then
        if ARGV[6] ~= '1' then
            add(step, -1, -tokens)
        elseif tonumber(ARGV[7]) >= 0 then
            add(step, 0, ARGV[7] - tokens)
        end
    end
end
local day, tomorrow = dayOf(12)
today(day, tomorrow)
if ARGV[8] == '1' then
    redis.call('HINCRBY', days, 'r|' .. model, 1)
    redis.call('HINCRBY', days, 't|' .. model, ARGV[9])
end
for i = 16, #ARGV, 4 do
    rest(ARGV[i], tonumber(ARGV[i + 1]), ARGV[i + 2], ARGV[i + 3])
end
if ARGV[11] ~= '' then
    redis.call('PUBLISH', channel, ARGV[11])
end
for _, who in ipairs(id == '' and {} or redis.call('HKEYS', waits)) do
    if who ~= quota .. '|' .. node then
        redis.call('PUBLISH', channel, cjson.encode({kind = 'room', node = node, key = key, quota = quota}))
        break
    end
end
local had = redis.call('HMGET', days, 'r|' .. model, 't|' .. model)
return {tonumber(had[1]) or 0, tonumber(had[2]) or 0, day}
