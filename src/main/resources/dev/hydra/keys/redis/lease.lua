-- Takes a key for a request, or says why not. ARGV: node, lease, key, quota, model, tokens, requests a minute, tokens a minute, requests a day
-- (each -1 = no limit), requests at once of the key (0 = no limit), milliseconds until the lease ends, whether uses are counted, step, span,
-- beginnings of four days, models of the quota.
local node, id, key, quota, model = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local tokens, rpm, tpm, rpd = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
local most, ttl, counting, stepSize, span = tonumber(ARGV[10]), tonumber(ARGV[11]), ARGV[12] == '1', tonumber(ARGV[13]), tonumber(ARGV[14])
local GRACE, TURN = 500, 15

if redis.call('HEXISTS', leases, '#n:' .. node) == 0 then
    return {'seed'}
end
if redis.call('HEXISTS', leases, id) == 1 then
    return {'taken'}
end
bury()

-- Refuses, and remembers that this node waits.
local function no(left, ...)
    redis.call('HSET', waits, quota .. '|' .. node, now + left + GRACE)
    if redis.call('PTTL', waits) < left + GRACE then
        redis.call('PEXPIRE', waits, left + GRACE)
    end
    return {...}
end

local fields = {'P', 'M|' .. quota, 'K|' .. key, 'L|' .. key .. '|' .. model, 'H|' .. key}
local known = redis.call('HMGET', rests, unpack(fields))
local longest = 0
local found
for i, field in ipairs(fields) do
    if known[i] then
        local till, kind, reason = string.match(known[i], '^(%d+)|([A-Z_]+)|(.*)$')
        if tonumber(till) - now > longest then
            longest = tonumber(till) - now
            found = {'rest', longest, field, kind, reason}
        end
    end
end
if found then
    return found
end

local step
if counting then
    while true do
        local first = redis.call('LINDEX', steps, 0)
        if not first or first + span > now then
            break
        end
        redis.call('LPOP', steps)
        local gone = redis.call('HMGET', uses, 'r' .. first, 't' .. first)
        add(first, -(tonumber(gone[1]) or 0), -(tonumber(gone[2]) or 0))
        redis.call('HDEL', uses, 'r' .. first, 't' .. first)
    end
    local all = redis.call('HMGET', uses, 'R', 'T')
    local requests, used = tonumber(all[1]) or 0, tonumber(all[2]) or 0

    -- How long until a request of this size has room.
    local function wait(size)
        local room = tpm < 0 and math.huge or math.max(0, tpm - math.min(math.max(1, size), tpm))
        local leftRequests, leftUsed, at, from = requests, used, now, 0
        while (rpm >= 0 and leftRequests >= rpm) or leftUsed > room do
            local some = redis.call('LRANGE', steps, from, from + 49)
            if #some == 0 then
                return math.max(at - now, 1000)
            end
            for _, one in ipairs(some) do
                local had = redis.call('HMGET', uses, 'r' .. one, 't' .. one)
                leftRequests = leftRequests - (tonumber(had[1]) or 0)
                leftUsed = leftUsed - (tonumber(had[2]) or 0)
                at = one + span
                if (rpm < 0 or leftRequests < rpm) and leftUsed <= room then
                    return at - now
                end
            end
            from = from + 50
        end
        return 0
    end
    local left = wait(tokens)
    if left > 0 then
        local any = wait(1)
        if any == 0 then
            -- Smaller requests have room: nobody has to wait for this one.
            return {'full', left, 0}
        end
        return no(any, 'full', left, any)
    end

    local day, tomorrow = dayOf(15)
    if rpd >= 0 then
        local had = tonumber(redis.call('HGET', leases, '#o:' .. quota)) or 0
        if redis.call('HGET', days, 'day') == day then
            for i = 19, #ARGV do
                had = had + (tonumber(redis.call('HGET', days, 'r|' .. ARGV[i])) or 0)
            end
        end
        if had >= rpd then
            return {'day', tomorrow - now}
        end
    end
end

if most > 0 and (tonumber(redis.call('HGET', leases, '#k:' .. key)) or 0) >= most then
    return no(0, 'busy')
end

-- There is room. A node that took the last key lets another one go first that is waiting for one, but not for long.
if redis.call('HLEN', waits) > 0 then
    redis.call('HDEL', waits, quota .. '|' .. node)
    if redis.call('HGET', leases, '#l:' .. quota) == node then
        local turn = false
        local all = redis.call('HGETALL', waits)
        for i = 1, #all, 2 do
            local till = tonumber(all[i + 1])
            if till <= now then
                redis.call('HDEL', waits, all[i])
            elseif string.sub(all[i], 1, #quota + 1) == quota .. '|' then
                turn = true
                if till > now + TURN then
                    redis.call('HSET', waits, all[i], now + TURN)
                end
            end
        end
        if turn then
            return {'turn', TURN}
        end
    end
end

if counting then
    local last = redis.call('LINDEX', steps, -1)
    step = last
    if not last or now >= last + stepSize then
        step = string.format('%.0f', now)
        redis.call('RPUSH', steps, step)
    end
    add(step, 1, tokens)
    redis.call('PEXPIRE', steps, span + 1000)
    redis.call('PEXPIRE', uses, span + 1000)
end
redis.call('HSET', leases, '#l:' .. quota, node)
return {'taken', open(id, key, quota, step or '0', tokens, ttl)}
