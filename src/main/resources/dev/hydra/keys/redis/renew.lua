-- Leases go on whose node is alive. ARGV: milliseconds until they end, then leases. Answers those that are not known.
local unknown = {}
for i = 2, #ARGV do
    if redis.call('HEXISTS', leases, ARGV[i]) == 1 then
        redis.call('ZADD', ends, now + tonumber(ARGV[1]), ARGV[i])
    else
        unknown[#unknown + 1] = ARGV[i]
    end
end
redis.call('PEXPIRE', leases, KEPT)
redis.call('PEXPIRE', ends, KEPT)
return unknown
