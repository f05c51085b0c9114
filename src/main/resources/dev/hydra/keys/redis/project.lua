-- What one project and one quota of it have in Redis, in one slot. Times are milliseconds of the server's own clock.
--   KEYS[1] hash: leases ("id" -> key, quota, step, tokens), requests under way ("#k:key", "#o:quota"), nodes whose share is in here ("#n:node"),
--           the node that took the last key of a quota ("#l:quota")
--   KEYS[2] sorted set: leases by the moment at which they end if their node has died
--   KEYS[3] list: beginnings of the steps of the quota's last minute
--   KEYS[4] hash: requests and tokens of each step ("r<step>", "t<step>") and of all ("R", "T")
--   KEYS[5] hash: requests and tokens of the day by model ("r|model", "t|model"), "day" = its beginning
--   KEYS[6] hash: rests ("until|kind|reason") by whom they concern
--   KEYS[7] hash: nodes that wait ("quota|node" -> until when they are waited for)
local leases, ends, steps, uses, days, rests, waits = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7]
local KEPT = 3600000
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

local function count(field, by)
    local left = redis.call('HINCRBY', leases, field, by)
    if left <= 0 then
        redis.call('HDEL', leases, field)
    end
    return left
end

local function open(id, key, quota, step, tokens, ttl)
    redis.call('HSET', leases, id, key .. '\n' .. quota .. '\n' .. step .. '\n' .. tokens)
    redis.call('ZADD', ends, now + ttl, id)
    redis.call('PEXPIRE', leases, KEPT)
    redis.call('PEXPIRE', ends, KEPT)
    count('#o:' .. quota, 1)
    return count('#k:' .. key, 1)
end

-- Ends a lease; its step and tokens, or nothing where there is no such lease.
local function close(id)
    local lease = redis.call('HGET', leases, id)
    redis.call('ZREM', ends, id)
    if not lease then
        return nil
    end
    redis.call('HDEL', leases, id)
    local key, quota, step, tokens = string.match(lease, '^(.-)\n(.-)\n(.-)\n(.-)$')
    count('#k:' .. key, -1)
    count('#o:' .. quota, -1)
    return step, tonumber(tokens)
end

-- Leases of nodes that have died.
local function bury()
    for _, id in ipairs(redis.call('ZRANGEBYSCORE', ends, '-inf', now, 'LIMIT', 0, 100)) do
        close(id)
    end
end

local function add(step, requests, tokens)
    redis.call('HINCRBY', uses, 'r' .. step, requests)
    redis.call('HINCRBY', uses, 't' .. step, tokens)
    redis.call('HINCRBY', uses, 'R', requests)
    redis.call('HINCRBY', uses, 'T', tokens)
end

-- The day's counters, those of an earlier day forgotten.
local function today(day, tomorrow)
    if redis.call('HGET', days, 'day') ~= day then
        redis.call('DEL', days)
        redis.call('HSET', days, 'day', day)
        redis.call('PEXPIRE', days, tomorrow - now + KEPT)
    end
end

-- Writes a rest; one that ends later stays. None left: forgets it, unless it is of another kind than the one named.
local function rest(field, left, kind, reason)
    local known = redis.call('HGET', rests, field)
    local till, sort
    if known then
        till, sort = string.match(known, '^(%d+)|([A-Z_]+)|')
    end
    if left > 0 then
        if not known or now + left > tonumber(till) then
            redis.call('HSET', rests, field, string.format('%.0f', now + left) .. '|' .. kind .. '|' .. reason)
        end
        if redis.call('PTTL', rests) < left + KEPT then
            redis.call('PEXPIRE', rests, left + KEPT)
        end
    elseif known and (kind == '' or kind == sort) then
        redis.call('HDEL', rests, field)
    end
end

-- Which day it is, of those that begin at the given moments: its beginning and the next one's.
local function dayOf(first)
    local at = first
    while ARGV[at + 2] and now >= tonumber(ARGV[at + 1]) do
        at = at + 1
    end
    return ARGV[at], tonumber(ARGV[at + 1])
end
